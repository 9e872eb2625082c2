"""Plugs and radio meters that report to an MQTT broker."""
