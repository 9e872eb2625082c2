"""The price of energy: flat, in tiers, or by time of use, each by season."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self, TypeVar

from django.utils.translation import gettext_lazy as _

from meters.billing.columns import Column, constant
from meters.billing.documents import Node
from meters.billing.line import ZERO, Context, Frame, Line, Part, Segment, read_common
from meters.billing.seasons import ALL_YEAR
from meters.billing.tiers import OPEN, Bounds, filled, read_bounds

Rates = tuple[Fraction, ...]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Energy(Line):
    """For every season either tiers with a rate each (a flat price is one tier) or period rates."""

    type: ClassVar[str] = "energy"
    tiers: Mapping[str, Bounds]
    rates: Mapping[str, Rates]
    period_rates: Mapping[str, Mapping[str, Fraction]]

    @classmethod
    def read(cls, node: Node, frame: Frame) -> Self:
        own_id, rounding = read_common(node, "tiers", "rates")
        tiers = _by_season(node.at("tiers"), frame, read_bounds) if "tiers" in node else {}
        by_period = any(isinstance(item.value, dict) for item in _values(node.at("rates")))
        if by_period and tiers:
            node.refuse("tiers_and_periods", _("a line has tiers or periods; write two lines"))
        if by_period:
            rates = _by_season(node.at("rates"), frame, lambda at: _read_periods(at, frame))
            return cls(own_id, rounding, {}, {}, rates)
        rates_of_tiers = _by_season(node.at("rates"), frame, lambda at: _read_rates(at, tiers))
        _refuse_missing_tiers(node, tiers, rates_of_tiers)
        return cls(own_id, rounding, tiers, rates_of_tiers, {})

    def parts(self, context: Context[Fraction]) -> list[Part]:
        priced = self._period_parts if self.period_rates else self._tier_parts
        return [part for segment in context.segments for part in priced(segment, context)]

    def _tier_parts(self, segment: Segment[Fraction], context: Context[Fraction]) -> list[Part]:
        bounds = segment.bounds(self.tiers.get(segment.season, OPEN), rooms=context.rooms)
        fills = filled(bounds, before=segment.before, kwh=segment.kwh)
        rates = self.rates[segment.season]
        return [
            Part(kwh, rate, kwh * rate, (segment.place,), tier if self.tiers else None)
            for tier, (kwh, rate) in enumerate(zip(fills, rates, strict=False))
            if kwh or not tier
        ]

    def _period_parts(self, segment: Segment[Fraction], _: Context[Fraction]) -> list[Part]:
        return [
            Part(kwh, rate, kwh * rate, (segment.place,), period=period)
            for period, rate in self.period_rates[segment.season].items()
            for kwh in [segment.by_period.get(period, ZERO)]
        ]

    def column(self, context: Context[Column]) -> Column:
        total = constant(ZERO, len(context.kwh.numerators))
        for segment in context.segments:
            priced = self._period_column if self.period_rates else self._tier_column
            total += priced(segment, context)
        return total

    def _period_column(self, segment: Segment[Column], context: Context[Column]) -> Column:
        total = constant(ZERO, len(context.kwh.numerators))
        for period, rate in self.period_rates[segment.season].items():
            if period in segment.by_period:
                total += segment.by_period[period] * rate
        return total

    def _tier_column(self, segment: Segment[Column], context: Context[Column]) -> Column:
        bounds = segment.bounds(self.tiers.get(segment.season, OPEN), rooms=context.rooms)
        after = segment.before + segment.kwh
        total = constant(ZERO, len(context.kwh.numerators))
        lower = ZERO
        for upper, rate in zip(bounds, self.rates[segment.season], strict=False):
            total += (after.clip(lower, upper) - segment.before.clip(lower, upper)) * rate
            lower = lower if upper is None else upper
        return total

    def breakpoints(self) -> list[Fraction]:
        return [upper for bounds in self.tiers.values() for upper in bounds if upper is not None]


def _values(node: Node) -> list[Node]:
    return [node.at(key) for key in node.names()] if isinstance(node.value, dict) else []


def _by_season(node: Node, frame: Frame, read: Callable[[Node], Value]) -> dict[str, Value]:
    """The value of each season: its own, else that of `*`; refuses a season without one."""
    found = {key: read(node.at(key)) for key in node.names()}
    for key in found.keys() - {*frame.seasons, ALL_YEAR}:
        node.at(key).refuse("unknown_season", _("no season is called %(name)s"), name=key)
    for season in frame.seasons:
        if season not in found and ALL_YEAR not in found:
            node.refuse("missing_rate", _("nothing is given for the season %(name)s"), name=season)
    return {
        season: found[season] if season in found else found[ALL_YEAR]
        for season in frame.seasons
        if season in found or ALL_YEAR in found
    }


def _read_rates(node: Node, tiers: Mapping[str, Bounds]) -> Rates:
    if isinstance(node.value, list):
        if not tiers:
            node.refuse("tiers_missing", _("a list of rates needs tiers"))
        return tuple(item.number() for item in node.items()) or (ZERO,)
    if tiers:
        node.refuse("list_expected", _("each tier needs its rate, in a list"))
    return (node.number(),)


def _read_periods(node: Node, frame: Frame) -> dict[str, Fraction]:
    rates = {key: node.at(key).number() for key in node.names()}
    for key in rates.keys() - set(frame.periods):
        node.at(key).refuse("unknown_period", _("no period is called %(name)s"), name=key)
    for period in frame.periods:
        if period not in rates:
            node.refuse("missing_rate", _("nothing is given for the period %(name)s"), name=period)
    return rates


def _refuse_missing_tiers(
    node: Node, tiers: Mapping[str, Bounds], rates: Mapping[str, Rates]
) -> None:
    for season, bounds in tiers.items():
        if len(rates.get(season, bounds)) < len(bounds):
            named = season if season in node.at("rates") else ALL_YEAR
            node.at("rates").at(named).refuse(
                "missing_rate",
                _("%(name)s has %(tiers)s tiers and fewer rates"),
                name=season,
                tiers=len(bounds),
            )
