"""Everything that writes what spaces used, and closes again what late data changed."""

from meters.readings.operations.closing import close_day, close_history
from meters.readings.operations.correcting import accept, decline, edit_day, follow
from meters.readings.operations.forgetting import forget_hours
from meters.readings.operations.revising import close_opened_again, revise_nights, stale_days

__all__ = [
    "accept",
    "close_day",
    "close_history",
    "close_opened_again",
    "decline",
    "edit_day",
    "follow",
    "forget_hours",
    "revise_nights",
    "stale_days",
]
