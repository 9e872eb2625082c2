"""Reading savings: estimates by day, settlements, and what a student may know of their own room."""

from meters.savings.queries.coming import projection_of
from meters.savings.queries.days import (
    days_of_room,
    estimates_between,
    estimates_of_day,
)
from meters.savings.queries.desk import lottery_of
from meters.savings.queries.opened import credit_of
from meters.savings.queries.placebos import placebo_weeks
from meters.savings.queries.replayed import rehearsed_term, settled_term
from meters.savings.queries.screen import screen_of
from meters.savings.queries.settled import (
    baseline_of,
    factor_of,
    placebo,
    settlements_ended,
    settlements_of,
)
from meters.savings.queries.tallies import TallyBatch, tallies_between

__all__ = [
    "TallyBatch",
    "baseline_of",
    "credit_of",
    "days_of_room",
    "estimates_between",
    "estimates_of_day",
    "factor_of",
    "lottery_of",
    "placebo",
    "placebo_weeks",
    "projection_of",
    "rehearsed_term",
    "screen_of",
    "settled_term",
    "settlements_ended",
    "settlements_of",
    "tallies_between",
]
