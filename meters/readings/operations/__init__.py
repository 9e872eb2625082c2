"""Everything that writes what spaces used, and closes again what late data changed."""

from meters.readings.operations.closing import close_day, close_history
from meters.readings.operations.forgetting import forget_hours
from meters.readings.operations.revising import revise_nights

__all__ = ["close_day", "close_history", "forget_hours", "revise_nights"]
