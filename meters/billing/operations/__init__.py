"""Writing bills: tariffs, each night's charges, adjustments. Nothing is edited."""

from meters.billing.operations.adjusting import decide
from meters.billing.operations.nightly import charge_day, charge_history
from meters.billing.operations.rebilling import rebill
from meters.billing.operations.tariffs import choose_plan, open_plan, publish_tariff

__all__ = [
    "charge_day",
    "charge_history",
    "choose_plan",
    "decide",
    "open_plan",
    "publish_tariff",
    "rebill",
]
