"""Prepaid rooms: what a mirrored balance means. We advise; nothing here switches anything."""

from dataclasses import dataclass
from fractions import Fraction

from meters.billing.documents import Node


@dataclass(frozen=True, slots=True)
class Prepaid:
    """Balances, in the currency's major unit, at which a notice and a cut-off are due."""

    low_balance: Fraction
    cutoff_balance: Fraction
    grace_hours: int


def read_prepaid(node: Node) -> Prepaid | None:
    """The `prepaid` of a document, or None where it is absent or not enabled."""
    if node.value is None:
        return None
    node.only({"enabled", "low_balance", "cutoff_balance", "grace_hours"})
    if node.at("enabled").value is not True:
        return None
    grace = node.at("grace_hours")
    return Prepaid(
        low_balance=node.at("low_balance").number(),
        cutoff_balance=node.at("cutoff_balance").number(),
        grace_hours=grace.whole(least=0, most=24 * 31) if "grace_hours" in node else 0,
    )
