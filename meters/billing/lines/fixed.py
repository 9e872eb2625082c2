"""A fixed charge: per cycle, per day, or per cycle by the tier that use has reached."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

import numpy as np
from django.utils.translation import gettext_lazy as _

from meters.billing.columns import Column, constant, picked
from meters.billing.documents import Node
from meters.billing.line import ZERO, Context, Frame, Line, Part, Segment, read_common
from meters.billing.tiers import OPEN, reached


@dataclass(frozen=True, slots=True)
class Fixed(Line):
    """It accrues with the days: on day d of D, d/D of it is due. A pool owes it for each room."""

    type: ClassVar[str] = "fixed"
    amounts: tuple[Fraction, ...]
    daily: bool
    by_tier: bool

    @classmethod
    def read(cls, node: Node, frame: Frame) -> Self:
        own_id, rounding = read_common(node, "unit", "amount", "amount_by_tier")
        daily = node.at("unit").choice(("cycle", "day"), default="cycle") == "day"
        by_tier = "amount_by_tier" in node
        if by_tier == ("amount" in node):
            node.refuse("one_amount_needed", _("either amount or amount_by_tier is needed"))
        return cls(own_id, rounding, _read_amounts(node, by_tier=by_tier), daily, by_tier)

    def parts(self, context: Context[Fraction]) -> list[Part]:
        return [self._part(segment, context) for segment in context.segments]

    def _part(self, segment: Segment[Fraction], context: Context[Fraction]) -> Part:
        bounds = segment.bounds(context.ladder.get(segment.season, OPEN), rooms=context.rooms)
        tier = reached(bounds, position=segment.before + segment.kwh) if self.by_tier else 0
        quantity = self._quantity(segment.share, context)
        shown = tier if self.by_tier else None
        rate = self.amounts[tier]
        return Part(quantity, rate, quantity * rate, (segment.place,), shown)

    def _quantity(self, share: Fraction, context: Context[Fraction] | Context[Column]) -> Fraction:
        days = context.cycle_days if self.daily else 1
        return share * days * context.elapsed * context.rooms

    def column(self, context: Context[Column]) -> Column:
        total = constant(ZERO, len(context.kwh.numerators))
        for segment in context.segments:
            total += self._picked(segment, context) * self._quantity(segment.share, context)
        return total

    def _picked(self, segment: Segment[Column], context: Context[Column]) -> Column:
        tier = np.zeros(len(context.kwh.numerators), dtype=np.int64)
        bounds = segment.bounds(context.ladder.get(segment.season, OPEN), rooms=context.rooms)
        if self.by_tier:
            position = segment.before + segment.kwh
            tier = tier + sum(position.above(upper) for upper in bounds if upper is not None)
        return picked(self.amounts, tier)


def _read_amounts(node: Node, *, by_tier: bool) -> tuple[Fraction, ...]:
    if not by_tier:
        return (node.at("amount").number(),)
    amounts = tuple(item.number() for item in node.at("amount_by_tier").items())
    if not amounts:
        node.at("amount_by_tier").refuse("missing_rate", _("each tier needs its amount"))
    return amounts
