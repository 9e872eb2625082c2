"""Every address of this app; each room lists its own."""

from importlib import import_module

ROOMS = ("home", "ledger", "earning", "activities", "coupons", "game")
urlpatterns = [entry for room in ROOMS for entry in import_module(f"points.{room}.api").urlpatterns]
