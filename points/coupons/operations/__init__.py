"""
Everything that writes coupons.

Locks are taken in one order everywhere: wallets, then the coupon, then the offer, then the
campaign.
"""

from points.coupons.operations.buying import buy, give_back
from points.coupons.operations.campaigns import change_campaign, open_campaign
from points.coupons.operations.closing import close_statement, note_payment
from points.coupons.operations.expiring import expire_due
from points.coupons.operations.giving import give
from points.coupons.operations.offering import (
    change_offer,
    publish_offer,
    set_budget,
    switch_sold_out,
)
from points.coupons.operations.parties import name_buyer, name_seller
from points.coupons.operations.redeeming import redeem
from points.coupons.operations.refusing import forget_refused, note_refused_pin, note_refused_scan
from points.coupons.operations.tills import equip, prove_pin, register_till, retire_till, set_pin
from points.coupons.operations.undoing import undo, void, void_by_manager

__all__ = [
    "buy",
    "change_campaign",
    "change_offer",
    "close_statement",
    "equip",
    "expire_due",
    "forget_refused",
    "give",
    "give_back",
    "name_buyer",
    "name_seller",
    "note_payment",
    "note_refused_pin",
    "note_refused_scan",
    "open_campaign",
    "prove_pin",
    "publish_offer",
    "redeem",
    "register_till",
    "retire_till",
    "set_budget",
    "set_pin",
    "switch_sold_out",
    "undo",
    "void",
    "void_by_manager",
]
