"""Cuts a cycle where the season, the tariff or the tier window changes, and use along with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby

from meters.billing.columns import Column, constant
from meters.billing.cycles import Cycle, window_start
from meters.billing.line import ZERO, N, Segment
from meters.billing.rounding import NONE, Rounding
from meters.billing.seasons import season_on
from meters.billing.tariff import Tariff


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of a cycle in one season of one tariff; `restarts` when yearly tiers begin with it."""

    tariff: Tariff
    season: str
    days: int
    restarts: bool = False


def uncut(tariff: Tariff, *, cycle: Cycle, on: date) -> tuple[Stretch, ...]:
    """The whole cycle in the season of one of its days."""
    return (Stretch(tariff, season_on(on, seasons=tariff.seasons), cycle.days),)


def cut(cycle: Cycle, *, in_force: Callable[[date], Tariff]) -> tuple[Stretch, ...]:
    """The stretches of a cycle, in order; `in_force` names the tariff of a day."""

    def place(day: date) -> tuple[Tariff, str, date]:
        tariff = in_force(day)
        window = window_start(day, terms=tariff.cycle) if tariff.cycle.yearly_tiers else date.min
        return tariff, season_on(day, seasons=tariff.seasons), window

    days = [cycle.first_day + timedelta(days=n) for n in range(cycle.days)]
    placed = [(day, *place(day)) for day in days]
    runs = [list(run) for _, run in groupby(placed, key=lambda at: (id(at[1]), *at[2:]))]
    return tuple(
        Stretch(run[0][1], run[0][2], len(run), restarts=run[0][3] == run[0][0] != days[0])
        for run in runs
    )


def shares(stretches: Sequence[Stretch]) -> list[Fraction]:
    """The part of the cycle's days that each stretch has."""
    days = sum(stretch.days for stretch in stretches)
    return [Fraction(stretch.days, days) for stretch in stretches]


def bounds_rounding(stretch: Stretch, stretches: Sequence[Stretch]) -> Rounding | None:
    """How tiers are cut to the days of a stretch; None where they are not cut."""
    alone = len(stretches) == 1 or stretch.tariff.cycle.yearly_tiers
    return None if alone else stretch.tariff.cycle.bounds_rounding


def segments(
    stretches: Sequence[Stretch], *, by_period: Mapping[str, Fraction], before: Fraction
) -> tuple[Segment[Fraction], ...]:
    """
    Use by days: each stretch gets its share of the days of what is left, rounded as the tariff
    says; the last one gets the rest, so that nothing is lost. The rule is that of the worked Korean
    bill over a change of season in the sample cases.

    Between two whole steps the use goes to the stretch that the next step will go to: so no stretch
    ever loses a kWh, and no bill falls, because more was used.
    """

    def take(kwh: Fraction, share: Fraction, rounding: Rounding) -> Fraction:
        if rounding.mode == NONE:
            return kwh * share
        whole = Rounding("floor", rounding.step).apply(kwh)
        low, high = (rounding.apply(some * share) for some in (whole, whole + rounding.step))
        return low + (kwh - whole if high > low else ZERO)

    return _segments(stretches, by_period, before, ZERO, take)


def segment_columns(
    stretches: Sequence[Stretch], *, by_period: Mapping[str, Column], before: Column
) -> tuple[Segment[Column], ...]:
    """The same for many rooms."""
    rooms = len(before.numerators)

    def take(kwh: Column, share: Fraction, rounding: Rounding) -> Column:
        if rounding.mode == NONE:
            return kwh * share
        whole = kwh.rounded(Rounding("floor", rounding.step))
        low = (whole * share).rounded(rounding)
        high = ((whole + constant(rounding.step, rooms)) * share).rounded(rounding)
        return low + (kwh - whole).where((high - low).above(ZERO))

    return _segments(stretches, by_period, before, constant(ZERO, rooms), take)


def _segments(
    stretches: Sequence[Stretch],
    by_period: Mapping[str, N],
    before: N,
    nothing: N,
    take: Callable[[N, Fraction, Rounding], N],
) -> tuple[Segment[N], ...]:
    made: list[Segment[N]] = []
    left, days_left = by_period, sum(stretch.days for stretch in stretches)
    for stretch, share in zip(stretches, shares(stretches), strict=True):
        terms = stretch.tariff.cycle
        last = len(made) == len(stretches) - 1
        of_rest = Fraction(stretch.days, days_left)
        taken = {
            period: kwh if last else take(kwh, of_rest, terms.kwh_rounding)
            for period, kwh in left.items()
        }
        kwh = sum(taken.values(), nothing)
        start = nothing if stretch.restarts else before
        cut_by = bounds_rounding(stretch, stretches)
        made.append(Segment(stretch.season, share, kwh, taken, start, cut_by, len(made)))
        before = start + kwh if terms.yearly_tiers else before
        left = {period: left[period] - taken[period] for period in left}
        days_left -= stretch.days
    return tuple(made)
