"""Writing bills: tariffs, each night's charges, adjustments. Nothing is edited."""

from meters.billing.operations.adjusting import decide
from meters.billing.operations.balances import mirror_balances, record_balance
from meters.billing.operations.nightly import charge_day, charge_history
from meters.billing.operations.objecting import answer, forget, object_to
from meters.billing.operations.rebilling import rebill
from meters.billing.operations.tariffs import choose_plan, open_plan, publish_tariff
from meters.billing.operations.telling import tell_running_out

__all__ = [
    "answer",
    "charge_day",
    "charge_history",
    "choose_plan",
    "decide",
    "forget",
    "mirror_balances",
    "object_to",
    "open_plan",
    "publish_tariff",
    "rebill",
    "record_balance",
    "tell_running_out",
]
