"""What arrived and what it says: deliveries, readings, meter days, issues, daily use."""

from meters.readings.models.arrivals import Delivery, MeterDay, RegisterReading
from meters.readings.models.devices import Channel, Meter, MeterInstallation
from meters.readings.models.findings import Issue
from meters.readings.models.status import Status
from meters.readings.models.uses import DailyUse

__all__ = [
    "Channel",
    "DailyUse",
    "Delivery",
    "Issue",
    "Meter",
    "MeterDay",
    "MeterInstallation",
    "RegisterReading",
    "Status",
]
