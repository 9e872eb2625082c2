"""Every address of this app; each room lists its own."""

from importlib import import_module

ROOMS = ("home", "corrections", "passbook", "ledger", "earning", "activities", "coupons", "game")
apis = [import_module(f"points.{room}.api") for room in ROOMS]
urlpatterns = [address for api in apis for address in api.urlpatterns]
