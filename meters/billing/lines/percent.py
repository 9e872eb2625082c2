"""A part of earlier lines: a tax, a levy, or a discount with a cap."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from django.utils.translation import gettext_lazy as _

from meters.billing.columns import Column, constant
from meters.billing.documents import Node
from meters.billing.line import ONE, ZERO, Context, Frame, Line, Part, read_common, read_of


@dataclass(frozen=True, slots=True)
class Percent(Line):
    """`rate` of the sum of lines as they stand on the bill; `cap` bounds its size in a cycle."""

    type: ClassVar[str] = "percent"
    of: tuple[str, ...]
    rate: Fraction
    cap: Fraction | None

    @classmethod
    def read(cls, node: Node, frame: Frame) -> Self:
        own_id, rounding = read_common(node, "of", "rate", "cap")
        rate = node.at("rate").number()
        if rate < -ONE:
            node.at("rate").refuse("number_too_small", _("a discount may not exceed the whole"))
        cap = node.at("cap").number(least=ZERO) if "cap" in node else None
        return cls(own_id, rounding, read_of(node.at("of"), frame), rate, cap)

    def parts(self, context: Context[Fraction]) -> list[Part]:
        base = sum((context.amounts[name] for name in self.of), ZERO)
        amount, cap = base * self.rate, self._cap(context)
        if cap is not None:
            amount = max(-cap, min(cap, amount))
        return [Part(base, self.rate, amount, of=self.of)]

    def column(self, context: Context[Column]) -> Column:
        base = constant(ZERO, len(context.kwh.numerators))
        for name in self.of:
            base += context.amounts[name]
        cap = self._cap(context)
        amount = base * self.rate
        return amount if cap is None else amount.clip(-cap, cap)

    def _cap(self, context: Context[Fraction] | Context[Column]) -> Fraction | None:
        return None if self.cap is None else self.cap * context.share * context.rooms
