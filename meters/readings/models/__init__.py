"""What arrived and what it says: devices, deliveries, readings, findings, daily use."""

from meters.readings.models.arrivals import Delivery, MeterDay, RegisterReading
from meters.readings.models.devices import Channel, Meter, MeterInstallation
from meters.readings.models.findings import Issue
from meters.readings.models.history import MeterEvent, Suspicion, SwitchOff
from meters.readings.models.sources import (
    DeviceKey,
    MqttTopic,
    PushNonce,
    ShownBalance,
    SourceProfile,
)
from meters.readings.models.status import Status
from meters.readings.models.uses import Correction, DailyUse, DayEdit, Outage

__all__ = [
    "Channel",
    "Correction",
    "DailyUse",
    "DayEdit",
    "Delivery",
    "DeviceKey",
    "Issue",
    "Meter",
    "MeterDay",
    "MeterEvent",
    "MeterInstallation",
    "MqttTopic",
    "Outage",
    "PushNonce",
    "RegisterReading",
    "ShownBalance",
    "SourceProfile",
    "Status",
    "Suspicion",
    "SwitchOff",
]
