"""
Everything that writes coupons.

Locks are taken in one order everywhere: wallets, then the coupon, then the offer.
"""

from points.coupons.operations.buying import buy, give_back
from points.coupons.operations.expiring import expire_due
from points.coupons.operations.redeeming import redeem, undo

__all__ = ["buy", "expire_due", "give_back", "redeem", "undo"]
