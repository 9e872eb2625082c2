"""The same price for every kWh."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from meters.billing.columns import Column
from meters.billing.documents import Node
from meters.billing.line import Context, Frame, Line, Part, read_common


@dataclass(frozen=True, slots=True)
class PerKwh(Line):
    """A rate, which may be below zero, on all chargeable kWh."""

    type: ClassVar[str] = "per_kwh"
    rate: Fraction

    @classmethod
    def read(cls, node: Node, frame: Frame) -> Self:
        own_id, rounding = read_common(node, "rate")
        return cls(own_id, rounding, node.at("rate").number())

    def parts(self, context: Context[Fraction]) -> list[Part]:
        return [Part(context.kwh, self.rate, context.kwh * self.rate)]

    def column(self, context: Context[Column]) -> Column:
        return context.kwh * self.rate
