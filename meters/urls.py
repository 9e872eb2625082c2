"""Every address of this app; each room lists its own."""

from importlib import import_module

ROOMS = ("readings", "billing", "savings", "rankings")
urlpatterns = [entry for room in ROOMS for entry in import_module(f"meters.{room}.api").urlpatterns]
