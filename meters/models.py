"""The index of this app's tables; each lives in its room."""

from meters.billing.models import DailyCharge, PlanChoice, Share, Tariff, TariffPlan
from meters.rankings.models import Place, Ranking
from meters.readings.models import (
    Channel,
    DailyUse,
    Delivery,
    Issue,
    Meter,
    MeterDay,
    MeterInstallation,
    RegisterReading,
)
from meters.savings.models import (
    Baseline,
    CampusIndex,
    Cohort,
    EmissionFactor,
    SavingEstimate,
    SavingSettlement,
    SettlementSnapshot,
)

__all__ = [
    "Baseline",
    "CampusIndex",
    "Channel",
    "Cohort",
    "DailyCharge",
    "DailyUse",
    "Delivery",
    "EmissionFactor",
    "Issue",
    "Meter",
    "MeterDay",
    "MeterInstallation",
    "Place",
    "PlanChoice",
    "Ranking",
    "RegisterReading",
    "SavingEstimate",
    "SavingSettlement",
    "SettlementSnapshot",
    "Share",
    "Tariff",
    "TariffPlan",
]
