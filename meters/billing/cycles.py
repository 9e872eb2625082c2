"""Billing cycles: the days one bill covers, and the window in which tiers count up."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from meters.billing.documents import Node
from meters.billing.rounding import WHOLE, Rounding, read_rounding
from meters.billing.seasons import MonthDay, read_month_day

MONTHS = {"month": 1, "two_months": 2}


@dataclass(frozen=True, slots=True)
class CycleTerms:
    """
    How a tariff cuts time. Two-month cycles begin in odd months. `kwh_rounding` and
    `bounds_rounding` say how a cycle with a change of season or tariff inside is cut by days.
    """

    months: int = 1
    anchor_day: int = 1
    yearly_tiers: bool = False
    year_start: MonthDay = (1, 1)
    kwh_rounding: Rounding = WHOLE
    bounds_rounding: Rounding = WHOLE


@dataclass(frozen=True, slots=True)
class Cycle:
    """The days of one bill, and the months whose quota belongs to it."""

    first_day: date
    days: int
    months: tuple[int, ...]

    @property
    def end(self) -> date:
        """The first day that no longer belongs to it."""
        return self.first_day + timedelta(days=self.days)


def cycle_of(day: date, *, terms: CycleTerms) -> Cycle:
    """The cycle that holds a day. An anchor beyond a short month's end falls on its last day."""
    month = _month_number(day)
    if day < _anchored(month, terms):
        month -= 1
    month -= month % terms.months
    return cycle_from(_anchored(month, terms), _anchored(month + terms.months, terms), terms=terms)


def cycle_from(first_day: date, end: date, *, terms: CycleTerms) -> Cycle:
    """A cycle of given days [first_day, end); its quota months start with its first day's."""
    months = tuple((first_day.month - 1 + n) % 12 + 1 for n in range(terms.months))
    return Cycle(first_day, (end - first_day).days, months)


def window_start(day: date, *, terms: CycleTerms) -> date:
    """The day on which the tiers in force on `day` began to count: of the cycle or of the year."""
    if not terms.yearly_tiers:
        return cycle_of(day, terms=terms).first_day
    this_year = year_start(day.year, terms=terms)
    return this_year if this_year <= day else year_start(day.year - 1, terms=terms)


def year_start(year: int, *, terms: CycleTerms) -> date:
    """The day of a year on which yearly tiers start again."""
    month, day = terms.year_start
    return date(year, month, min(day, monthrange(year, month)[1]))


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _anchored(month_number: int, terms: CycleTerms) -> date:
    year, month = divmod(month_number, 12)
    return date(year, month + 1, min(terms.anchor_day, monthrange(year, month + 1)[1]))


def read_cycle(node: Node) -> CycleTerms:
    """The `cycle` of a document; without one, calendar months with tiers per cycle."""
    if node.value is None:
        return CycleTerms()
    node.only({"kind", "anchor_day", "tier_reset", "year_start", "segment"})
    segment = _read_segment(node.at("segment"))
    return CycleTerms(
        months=MONTHS[node.at("kind").choice(MONTHS)],
        anchor_day=node.at("anchor_day").whole(least=1, most=31) if "anchor_day" in node else 1,
        yearly_tiers=node.at("tier_reset").choice(("cycle", "year"), default="cycle") == "year",
        year_start=read_month_day(node.at("year_start")) if "year_start" in node else (1, 1),
        kwh_rounding=segment[0],
        bounds_rounding=segment[1],
    )


def _read_segment(node: Node) -> tuple[Rounding, Rounding]:
    if node.value in (None, "days"):
        return WHOLE, WHOLE
    node.only({"by", "kwh_round", "bounds_round"})
    node.at("by").choice(("days",), default="days")
    return (
        read_rounding(node.at("kwh_round"), default=WHOLE),
        read_rounding(node.at("bounds_round"), default=WHOLE),
    )
