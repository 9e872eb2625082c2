"""Free electricity: so many kWh a month for each occupant or for the room; unused, it expires."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from meters.billing.cycles import Cycle
from meters.billing.documents import Node

EVERY_MONTH = frozenset(range(1, 13))


@dataclass(frozen=True, slots=True)
class Quota:
    """kWh of a month, for each occupant or for the room, in the months that have it."""

    kwh: Fraction
    by_occupant: bool
    months: frozenset[int]

    def of(self, *, cycle: Cycle, occupants: Fraction, rooms: int) -> Fraction:
        """
        The free kWh of a whole cycle. `occupants` are all people in it, a part-month counting by
        nights: person-nights / nights. It is used first, so it is there from the first day.
        """
        months = sum(month in self.months for month in cycle.months)
        return self.kwh * months * (occupants if self.by_occupant else rooms)


def read_quota(node: Node, *, has_periods: bool) -> Quota | None:
    """The `quota` of a document, or None where it has none."""
    if node.value is None:
        return None
    node.only({"kwh", "per", "months", "unused"})
    node.at("unused").choice(("expire",), default="expire")
    if has_periods:
        node.refuse("quota_with_periods", _("which hours' kWh would be free is not said"))
    return Quota(
        kwh=node.at("kwh").number(least=Fraction(0)),
        by_occupant=node.at("per").choice(("occupant-month", "room-month")) == "occupant-month",
        months=_read_months(node.at("months")),
    )


def _read_months(node: Node) -> frozenset[int]:
    if node.value is None:
        return EVERY_MONTH
    return frozenset(item.whole(least=1, most=12) for item in node.items())
