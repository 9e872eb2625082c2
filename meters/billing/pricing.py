"""The price of a cycle, exactly: the plain evaluator that the vector form must agree with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.utils.translation import gettext as _

from campus.errors import Fault
from meters.billing.cutting import Stretch, segments
from meters.billing.cycles import Cycle
from meters.billing.line import ZERO, Context, Line, N, Part, Segment
from meters.billing.refusals import UseNotPriceable
from meters.billing.seasons import ALL_YEAR
from meters.billing.tariff import Tariff
from meters.billing.tiers import left_in, reached


@dataclass(frozen=True, slots=True)
class CycleUse:
    """
    What a room used in a cycle so far: kWh by period (`*` where hours are not known).

    `elapsed` counts the days of the cycle that are over; fixed charges accrue with them.
    `before` is the kWh already used in a yearly tier window; `occupants` feeds a quota and may
    be a fraction for part-months; `rooms` is more than one for a pool billed as average rooms.
    """

    kwh: Mapping[str, Fraction]
    cycle: Cycle
    elapsed: int
    before: Fraction = ZERO
    occupants: Fraction = ZERO
    rooms: int = 1

    @property
    def total(self) -> Fraction:
        return sum(self.kwh.values(), ZERO)


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line as it stands on the bill, and the arithmetic it came from."""

    line: Line
    amount: Fraction
    exact: Fraction
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Tier:
    """The tier reached, counted from one; `kwh_left` until the next, None in the last."""

    now: int
    of: int
    kwh_left: Fraction | None


@dataclass(frozen=True)
class Reach:
    """Where the use of a cycle stands: on the tiers, and of what is free. Nothing is priced yet."""

    tariff: Tariff
    segments: tuple[Segment[Fraction], ...]
    free_kwh: Fraction | None
    free_left: Fraction | None
    rooms: int

    @cached_property
    def tier(self) -> Tier | None:
        """Where use stands on the tiers; None without tiers. Over a cut cycle, the highest."""
        ladder = self.tariff.ladder
        known = [segment for segment in self.segments if segment.season in ladder]
        if not known:
            return None
        places = [_tier(segment, ladder[segment.season], self.rooms) for segment in known]
        top = max(places, key=lambda place: place.now)
        return top if len(places) == 1 else Tier(top.now, top.of, None)


@dataclass(frozen=True)
class Bill(Reach):
    """The price of a cycle so far. Amounts are in the currency's major unit, exact."""

    lines: tuple[BillLine, ...]
    total: Fraction
    cycle_days: int

    @cached_property
    def total_minor(self) -> int:
        """The total in whole minor units."""
        return int(self.total * 10**self.tariff.minor_digits)


def _tier(segment: Segment[Fraction], full: tuple[Fraction | None, ...], rooms: int) -> Tier:
    bounds = segment.bounds(full, rooms=rooms)
    position = segment.before + segment.kwh
    return Tier(
        reached(bounds, position=position) + 1, len(bounds), left_in(bounds, position=position)
    )


def as_decimal(number: Fraction) -> Decimal:
    """A plain decimal: exact where the number ends, else to 28 significant digits."""
    return Decimal(number.numerator) / Decimal(number.denominator)


def plain(number: Fraction) -> str:
    """The decimal as text, without trailing zeros or exponent."""
    text = f"{as_decimal(number):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def price(*, stretches: Sequence[Stretch], use: CycleUse) -> Bill:
    """
    Price what was used in a cycle so far.

    :param stretches: the whole cycle as `cutting` cuts it
    :raises UseNotPriceable: if a tariff by time of use gets use without hours
    """
    reached = reach(stretches=stretches, use=use)
    pricing = _Pricing(stretches, use, reached.segments)
    return Bill(
        tariff=reached.tariff,
        segments=reached.segments,
        free_kwh=reached.free_kwh,
        free_left=reached.free_left,
        rooms=reached.rooms,
        lines=tuple(pricing.line(name) for name in line_order(pricing.tariffs)),
        total=reached.tariff.total_rounding.apply(pricing.total()),
        cycle_days=use.cycle.days,
    )


def reach(*, stretches: Sequence[Stretch], use: CycleUse) -> Reach:
    """
    Where what was used in a cycle so far stands, for those who need no amounts.

    :param stretches: the whole cycle as `cutting` cuts it
    :raises UseNotPriceable: if a tariff by time of use gets use without hours
    """
    tariff = stretches[-1].tariff
    refuse_unfit(tariff, use.kwh)
    free = free_kwh(stretches, use=use)
    chargeable = use.kwh if free is None else {ALL_YEAR: max(ZERO, use.total - free)}
    return Reach(
        tariff=tariff,
        segments=segments(stretches, by_period=chargeable, before=use.before),
        free_kwh=None if free is None else min(free, use.total),
        free_left=None if free is None else max(ZERO, free - use.total),
        rooms=use.rooms if tariff.pooled else 1,
    )


def free_kwh(stretches: Sequence[Stretch], *, use: CycleUse) -> Fraction | None:
    """The quota of the cycle, each tariff's by its days; None where no tariff has one."""
    quotas = [(stretch.tariff.quota, stretch.days) for stretch in stretches]
    if not any(quota for quota, _ in quotas):
        return None
    days = sum(days for _, days in quotas)
    return sum(
        (
            quota.of(cycle=use.cycle, occupants=use.occupants, rooms=use.rooms)
            * Fraction(share, days)
            for quota, share in quotas
            if quota is not None
        ),
        ZERO,
    )


def refuse_unfit(tariff: Tariff, kwh: Mapping[str, object]) -> None:
    """Refuse use whose periods are not those of a tariff that prices by period."""
    known = {period.id for period in tariff.periods}
    for period in kwh:
        if tariff.hourly and period not in known:
            message = _("use by the tariff's own periods is needed here")
            raise UseNotPriceable(faults=[Fault(f"kwh.{period}", "unknown_period", message)])


def tariffs_of(stretches: Sequence[Stretch]) -> list[Tariff]:
    """The tariffs of a cycle, in order, each once."""
    return list({id(stretch.tariff): stretch.tariff for stretch in stretches}.values())


def line_order(tariffs: Sequence[Tariff]) -> list[str]:
    """All lines of a cycle's tariffs, each after the lines it stands on."""
    order: list[str] = []
    for tariff in tariffs:
        at = 0
        for line in tariff.lines:
            if line.id not in order:
                order.insert(at, line.id)
            at = max(at, order.index(line.id) + 1)
    return order


class _Pricing:
    """
    The lines of one cycle, priced in order. Under several tariffs a line is the sum of its parts,
    each by its own tariff and days, rounded once; where all say the same it is priced as one. What
    rounding took or gave is borne by the tariffs that have the line, by their days.
    """

    def __init__(
        self, stretches: Sequence[Stretch], use: CycleUse, cut: Sequence[Segment[Fraction]]
    ) -> None:
        self.tariffs = tariffs_of(stretches)
        self._whole = _context(self.tariffs[-1], cut, use)
        self._own = [self._whole]
        if len(self.tariffs) > 1:
            cuts = [of_tariff(tariff, stretches, cut) for tariff in self.tariffs]
            self._own = [_context(*its, use) for its in zip(self.tariffs, cuts, strict=True)]

    def line(self, name: str) -> BillLine:
        """Price the next line and remember its amount for the lines that stand on it."""
        own = [line_named(tariff, name) for tariff in self.tariffs]
        apart = [
            _placed(line.parts(context), context) if line else []
            for line, context in zip(own, self._own, strict=True)
        ]
        line = next(line for line in reversed(own) if line)
        alike = len(own) > 1 and all(other == line for other in own)
        apart_or_whole = [line.parts(self._whole)] if alike or len(own) == 1 else apart
        parts = [part for some in apart_or_whole for part in some]
        exact = sum((part.amount for part in parts), ZERO)
        amount = line.rounding.apply(exact)
        _amounts(self._whole)[name] = amount
        sums = [sum((part.amount for part in some), ZERO) for some in apart]
        shares = shares_of(own, self._own)
        for context, its, share in zip(self._own, sums, shares, strict=True):
            _amounts(context)[name] = its + (amount - sum(sums, ZERO)) * share
        return BillLine(line, amount, exact, tuple(parts))

    def total(self) -> Fraction:
        """What the lines add up to, before the total is rounded."""
        return sum(
            (
                context.amounts[name]
                for tariff, context in zip(self.tariffs, self._own, strict=True)
                for name in tariff.total_of
            ),
            ZERO,
        )


def _placed(parts: Sequence[Part], context: Context[Fraction]) -> list[Part]:
    """The steps of one of several tariffs: each says which days it prices."""
    its = tuple(segment.place for segment in context.segments)
    return [part if part.places else replace(part, places=its) for part in parts]


def line_named(tariff: Tariff, name: str) -> Line | None:
    """The line of a tariff by its id; None where it has none such."""
    return next((line for line in tariff.lines if line.id == name), None)


def shares_of(lines: Sequence[Line | None], contexts: Sequence[Context[N]]) -> list[Fraction]:
    """For each tariff its part of what rounding a line took: by days, among those that have it."""
    days = [context.share if line else ZERO for line, context in zip(lines, contexts, strict=True)]
    return [share / sum(days) for share in days]


def _amounts(context: Context[Fraction]) -> dict[str, Fraction]:
    amounts = context.amounts
    assert isinstance(amounts, dict)
    return amounts


def of_tariff(
    tariff: Tariff, stretches: Sequence[Stretch], cut: Sequence[Segment[N]]
) -> list[Segment[N]]:
    """The segments of a cut cycle that one of its tariffs prices."""
    pairs = zip(stretches, cut, strict=True)
    return [segment for stretch, segment in pairs if stretch.tariff is tariff]


def _context(tariff: Tariff, cut: Sequence[Segment[Fraction]], use: CycleUse) -> Context[Fraction]:
    return Context(
        segments=tuple(cut),
        kwh=sum((segment.kwh for segment in cut), ZERO),
        amounts={},
        ladder=tariff.ladder,
        cycle_days=use.cycle.days,
        elapsed=Fraction(use.elapsed, use.cycle.days),
        rooms=use.rooms if tariff.pooled else 1,
    )
