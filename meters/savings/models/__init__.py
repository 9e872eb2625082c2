"""What a room would have used, what it saved by that measure, and what of it is paid for."""

from meters.savings.models.agreed import Lottery, RampName, SavingTerms, TermRehearsal
from meters.savings.models.care import WeatherWarning, WelfareNote
from meters.savings.models.measuring import (
    Baseline,
    CampusIndex,
    Cohort,
    EmissionFactor,
    SavingEstimate,
)
from meters.savings.models.settling import SavingSettlement, SettlementSnapshot

__all__ = [
    "Baseline",
    "CampusIndex",
    "Cohort",
    "EmissionFactor",
    "Lottery",
    "RampName",
    "SavingEstimate",
    "SavingSettlement",
    "SavingTerms",
    "SettlementSnapshot",
    "TermRehearsal",
    "WeatherWarning",
    "WelfareNote",
]
