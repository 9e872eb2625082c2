"""Which time-of-use period an hour belongs to: weekdays, hours, seasons and holidays."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product

from django.utils.translation import gettext_lazy as _

from meters.billing.documents import Node
from meters.billing.seasons import ALL_YEAR, Season, season_on

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOLIDAY = "holiday"
DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Window:
    """Hours [start, end) in minutes of the day, on some days of some seasons; empty means all."""

    seasons: frozenset[str]
    days: frozenset[str]
    hours: tuple[tuple[int, int], ...]

    def holds(self, *, season: str, day: str, minute: int) -> bool:
        return (
            (not self.seasons or season in self.seasons)
            and (not self.days or day in self.days)
            and (not self.hours or any(start <= minute < end for start, end in self.hours))
        )


@dataclass(frozen=True, slots=True)
class Period:
    """A price zone of the day. The first period whose window holds wins, then the default."""

    id: str
    windows: tuple[Window, ...] = ()
    default: bool = False


def kind_of_day(day: date, *, holidays: Collection[date]) -> str:
    """`mon` .. `sun`, or `holiday`."""
    return HOLIDAY if day in holidays else WEEKDAYS[day.weekday()]


def period_at(
    local: datetime,
    *,
    periods: Sequence[Period],
    seasons: Sequence[Season],
    holidays: Collection[date] = (),
) -> str:
    """
    The period of a local moment. Pass `holidays` only where the tariff's calendar knows them:
    a holiday fits the windows that name it or name no day at all, else the default period.
    """
    season = season_on(local.date(), seasons=seasons)
    day = kind_of_day(local.date(), holidays=holidays)
    return _period(periods, season=season, day=day, minute=local.hour * 60 + local.minute)


def _period(periods: Sequence[Period], *, season: str, day: str, minute: int) -> str:
    for period in periods:
        if any(window.holds(season=season, day=day, minute=minute) for window in period.windows):
            return period.id
    return next((period.id for period in periods if period.default), ALL_YEAR)


def read_periods(node: Node, *, seasons: Collection[str], has_holidays: bool) -> tuple[Period, ...]:
    """The periods of a document; refuses hours that no period covers."""
    if node.value is None:
        return ()
    periods = tuple(_read_period(item, seasons) for item in node.items())
    if len({period.id for period in periods}) < len(periods):
        node.refuse("repeated_id", _("each period needs its own id"))
    if sum(period.default for period in periods) > 1:
        node.refuse("two_defaults", _("only one period may be the default"))
    _refuse_gaps(node, periods, seasons, (*WEEKDAYS, HOLIDAY) if has_holidays else WEEKDAYS)
    return periods


def _read_period(node: Node, seasons: Collection[str]) -> Period:
    node.only({"id", "when", "default"})
    when = node.at("when")
    windows = tuple(_read_window(item, seasons) for item in when.items()) if "when" in node else ()
    return Period(node.at("id").text(), windows, default=node.at("default").value is True)


def _read_window(node: Node, seasons: Collection[str]) -> Window:
    node.only({"seasons", "days", "hours"})
    hours = node.at("hours")
    return Window(
        _read_words(node.at("seasons"), seasons),
        _read_words(node.at("days"), (*WEEKDAYS, HOLIDAY)),
        tuple(span for item in hours.items() for span in _read_hours(item)) if hours.value else (),
    )


def _read_words(node: Node, allowed: Collection[str]) -> frozenset[str]:
    if node.value is None:
        return frozenset()
    return frozenset(item.choice(allowed) for item in node.items())


def _read_hours(node: Node) -> list[tuple[int, int]]:
    ends = [_read_minute(item) for item in node.items()]
    if len(ends) != 2 or ends[0] == ends[1]:
        node.refuse("hours_expected", _("a start and a later end, HH:MM, are needed here"))
        return []
    start, end = ends
    return [(start, end)] if start < end else [(start, DAY_MINUTES), (0, end)]


def _read_minute(node: Node) -> int:
    hour, _colon, minute = node.value.partition(":") if isinstance(node.value, str) else ("",) * 3
    if hour.isdecimal() and minute.isdecimal() and len(minute) == 2 and int(minute) < 60:
        minutes = int(hour) * 60 + int(minute)
        if minutes <= DAY_MINUTES:
            return minutes
    node.refuse("hour_expected", _("a time from 00:00 to 24:00 is needed here"))
    return 0


def _refuse_gaps(
    node: Node, periods: Sequence[Period], seasons: Collection[str], days: Collection[str]
) -> None:
    if any(period.default for period in periods):
        return
    for season, day, minute in product(seasons, days, range(DAY_MINUTES)):
        if _period(periods, season=season, day=day, minute=minute) == ALL_YEAR:
            at = f"{minute // 60:02}:{minute % 60:02}"
            node.refuse(
                "periods_gap",
                _("no period covers %(season)s %(day)s %(at)s"),
                season=season,
                day=day,
                at=at,
            )
            return
