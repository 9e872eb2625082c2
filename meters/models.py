"""The index of this app's tables; each lives in its room."""

from meters.billing.models import (
    Adjustment,
    AdjustmentPart,
    Balance,
    BillObjection,
    DailyCharge,
    PlanChoice,
    PoolDay,
    Share,
    Tariff,
    TariffPlan,
)
from meters.forecasting.models import MonthEndError
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
    "Adjustment",
    "AdjustmentPart",
    "Balance",
    "Baseline",
    "BillObjection",
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
    "MonthEndError",
    "Place",
    "PlanChoice",
    "PoolDay",
    "Ranking",
    "RegisterReading",
    "SavingEstimate",
    "SavingSettlement",
    "SettlementSnapshot",
    "Share",
    "Tariff",
    "TariffPlan",
]
