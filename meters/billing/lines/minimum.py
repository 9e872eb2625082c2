"""A minimum bill: what is missing from earlier lines to reach it."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from meters.billing.columns import Column, constant
from meters.billing.documents import Node
from meters.billing.line import ZERO, Context, Frame, Line, Part, read_common, read_of


@dataclass(frozen=True, slots=True)
class Minimum(Line):
    """Like a fixed charge it accrues with the days, so the first day does not owe the whole."""

    type: ClassVar[str] = "minimum"
    of: tuple[str, ...]
    least: Fraction

    @classmethod
    def read(cls, node: Node, frame: Frame) -> Self:
        own_id, rounding = read_common(node, "of", "amount")
        least = node.at("amount").number(least=ZERO)
        return cls(own_id, rounding, read_of(node.at("of"), frame), least)

    def parts(self, context: Context[Fraction]) -> list[Part]:
        base = sum((context.amounts[name] for name in self.of), ZERO)
        least = self._least(context)
        missing = max(ZERO, least - base)
        return [Part(base, least, missing, of=self.of)]

    def column(self, context: Context[Column]) -> Column:
        base = constant(ZERO, len(context.kwh.numerators))
        for name in self.of:
            base += context.amounts[name]
        missing = constant(self._least(context), len(context.kwh.numerators)) - base
        return missing.clip(ZERO, None)

    def _least(self, context: Context[Fraction] | Context[Column]) -> Fraction:
        return self.least * context.share * context.elapsed * context.rooms
