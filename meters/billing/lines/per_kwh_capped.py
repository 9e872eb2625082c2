"""A price per kWh that stops at so many kWh in a cycle, such as a relief."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from meters.billing.columns import Column
from meters.billing.documents import Node
from meters.billing.line import ZERO, Context, Frame, Line, Part, read_common


@dataclass(frozen=True, slots=True)
class PerKwhCapped(Line):
    """A rate on the first `max_kwh` of a cycle, of each room of a pool."""

    type: ClassVar[str] = "per_kwh_capped"
    rate: Fraction
    max_kwh: Fraction

    @classmethod
    def read(cls, node: Node, frame: Frame) -> Self:
        own_id, rounding = read_common(node, "rate", "max_kwh")
        return cls(
            own_id, rounding, node.at("rate").number(), node.at("max_kwh").number(least=ZERO)
        )

    def parts(self, context: Context[Fraction]) -> list[Part]:
        kwh = min(context.kwh, self._most(context))
        return [Part(kwh, self.rate, kwh * self.rate)]

    def column(self, context: Context[Column]) -> Column:
        return context.kwh.clip(None, self._most(context)) * self.rate

    def _most(self, context: Context[Fraction] | Context[Column]) -> Fraction:
        return self.max_kwh * context.share * context.rooms

    def breakpoints(self) -> list[Fraction]:
        return [self.max_kwh]
