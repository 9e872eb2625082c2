"""Every address of this app; each room lists its own."""

from importlib import import_module

ROOMS = ("readings", "billing", "savings", "rankings", "forecasting", "advice")
apis = [import_module(f"meters.{room}.api") for room in ROOMS]
urlpatterns = [address for api in apis for address in api.urlpatterns]
