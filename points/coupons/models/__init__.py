"""What a café sells for points, a student's right to it, its use at the counter, and its pay."""

from points.coupons.models.coupons import Coupon, Gift, Redemption, RefusedScan, Undoing
from points.coupons.models.offers import Cafe, Campaign, Offer, Till
from points.coupons.models.statements import Payment, SettlementTerms, Statement, StatementLine

__all__ = [
    "Cafe",
    "Campaign",
    "Coupon",
    "Gift",
    "Offer",
    "Payment",
    "Redemption",
    "RefusedScan",
    "SettlementTerms",
    "Statement",
    "StatementLine",
    "Till",
    "Undoing",
]
