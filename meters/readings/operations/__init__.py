"""Everything that writes what spaces used, and closes again what late data changed."""

from meters.readings.operations.closing import close_day, close_history
from meters.readings.operations.correcting import accept, decline, edit_day, follow
from meters.readings.operations.crossing import (
    confirm,
    dismiss,
    look_for_crossed,
    plan_switch_off,
)
from meters.readings.operations.forgetting import forget_hours
from meters.readings.operations.outages import tell_outage, withdraw_outage
from meters.readings.operations.recording import Device, Told, exchange, install, remove, reset
from meters.readings.operations.revising import close_opened_again, revise_nights, stale_days
from meters.readings.operations.watching import watch_meters

__all__ = [
    "Device",
    "Told",
    "accept",
    "close_day",
    "close_history",
    "close_opened_again",
    "confirm",
    "decline",
    "dismiss",
    "edit_day",
    "exchange",
    "follow",
    "forget_hours",
    "install",
    "look_for_crossed",
    "plan_switch_off",
    "remove",
    "reset",
    "revise_nights",
    "stale_days",
    "tell_outage",
    "watch_meters",
    "withdraw_outage",
]
