"""What is written of savings: terms, frozen baselines, nightly estimates, settlements, care."""

from meters.savings.operations.agreeing import (
    announce_saving_terms,
    draw_lottery,
    take_back_warning,
    tell_warning,
)
from meters.savings.operations.caring import note_welfare, see_to
from meters.savings.operations.estimating import estimate_day
from meters.savings.operations.factors import NoFactor, load_factors
from meters.savings.operations.freezing import freeze_baselines
from meters.savings.operations.rehearsing import ask_rehearsal, work_out
from meters.savings.operations.settling import settle_due

__all__ = [
    "NoFactor",
    "announce_saving_terms",
    "ask_rehearsal",
    "draw_lottery",
    "estimate_day",
    "freeze_baselines",
    "load_factors",
    "note_welfare",
    "see_to",
    "settle_due",
    "take_back_warning",
    "tell_warning",
    "work_out",
]
