"""The index of this app's tables; each lives in its room."""

from points.activities.models import Activity, Participation
from points.coupons.models import (
    Cafe,
    Campaign,
    Coupon,
    Gift,
    Offer,
    Payment,
    Redemption,
    RefusedScan,
    SettlementTerms,
    Statement,
    StatementLine,
    Till,
    Undoing,
)
from points.earning.models import Award, Budget, Ration, RuleTerms
from points.game.models import ActionResult, Drop, GameMap, Instance
from points.ledger.models import Account, Lot, LotUse, Seal, SealedBalance, Transfer, Txn
from points.passbook.models import Objection

__all__ = [
    "Account",
    "ActionResult",
    "Activity",
    "Award",
    "Budget",
    "Cafe",
    "Campaign",
    "Coupon",
    "Drop",
    "GameMap",
    "Gift",
    "Instance",
    "Lot",
    "LotUse",
    "Objection",
    "Offer",
    "Participation",
    "Payment",
    "Ration",
    "Redemption",
    "RefusedScan",
    "RuleTerms",
    "Seal",
    "SealedBalance",
    "SettlementTerms",
    "Statement",
    "StatementLine",
    "Till",
    "Transfer",
    "Txn",
    "Undoing",
]
