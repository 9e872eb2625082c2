"""The demo's meters: public household readings standing in for rooms, delivered day by day."""
