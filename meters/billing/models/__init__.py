"""What use costs: tariffs, charges and shares, adjustments, balances, objections."""

from meters.billing.models.adjustments import Adjustment, AdjustmentPart
from meters.billing.models.balances import Balance
from meters.billing.models.charges import DailyCharge, PoolDay, Share
from meters.billing.models.objections import BillObjection
from meters.billing.models.tariffs import PlanChoice, Tariff, TariffPlan

__all__ = [
    "Adjustment",
    "AdjustmentPart",
    "Balance",
    "BillObjection",
    "DailyCharge",
    "PlanChoice",
    "PoolDay",
    "Share",
    "Tariff",
    "TariffPlan",
]
