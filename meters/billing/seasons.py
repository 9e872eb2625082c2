"""Which season of a tariff a day lies in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from meters.billing.documents import Node

ALL_YEAR = "*"
LEAP_YEAR = [date(2024, 1, 1) + timedelta(days=n) for n in range(366)]
MonthDay = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Season:
    """Days of every year: ranges of (month, day), both ends included; may pass the new year."""

    id: str
    ranges: tuple[tuple[MonthDay, MonthDay], ...] = ()
    default: bool = False

    def holds(self, day: date) -> bool:
        """Whether one of the ranges covers the day; a default season covers what is left."""
        at = (day.month, day.day)
        return any(
            first <= at <= last if first <= last else at >= first or at <= last
            for first, last in self.ranges
        )


def season_on(day: date, *, seasons: Sequence[Season]) -> str:
    """The id of the season of a day; `*` for a tariff without seasons."""
    for season in seasons:
        if season.holds(day):
            return season.id
    return next((season.id for season in seasons if season.default), ALL_YEAR)


def season_ids(seasons: Sequence[Season]) -> tuple[str, ...]:
    """Every season that a day may fall in."""
    return tuple(season.id for season in seasons) or (ALL_YEAR,)


def read_seasons(node: Node) -> tuple[Season, ...]:
    """The seasons of a document; refuses days that no season or more than one season covers."""
    if node.value is None:
        return ()
    seasons = tuple(_read_season(item) for item in node.items())
    _refuse_repeats(node, seasons)
    _refuse_gaps_and_overlaps(node, seasons)
    return seasons


def _read_season(node: Node) -> Season:
    node.only({"id", "ranges", "default"})
    ranges = node.at("ranges")
    read = tuple(_read_range(item) for item in ranges.items()) if "ranges" in node else ()
    return Season(node.at("id").text(), read, default=node.at("default").value is True)


def _read_range(node: Node) -> tuple[MonthDay, MonthDay]:
    ends = [read_month_day(item) for item in node.items()]
    if len(ends) == 2:
        return ends[0], ends[1]
    node.refuse("range_expected", _("a first and a last day, MM-DD, are needed here"))
    return (1, 1), (1, 1)


def read_month_day(node: Node) -> MonthDay:
    """A day of any year, MM-DD."""
    day = Node(f"2024-{node.value}", node.path, node.faults).day()
    return day.month, day.day


def _refuse_repeats(node: Node, seasons: Sequence[Season]) -> None:
    if len({season.id for season in seasons}) < len(seasons):
        node.refuse("repeated_id", _("each season needs its own id"))
    if sum(season.default for season in seasons) > 1:
        node.refuse("two_defaults", _("only one season may be the default"))


def _refuse_gaps_and_overlaps(node: Node, seasons: Sequence[Season]) -> None:
    covered = [sum(season.holds(day) for season in seasons) for day in LEAP_YEAR]
    if max(covered, default=0) > 1:
        day = LEAP_YEAR[covered.index(max(covered))]
        node.refuse("seasons_overlap", _("two seasons claim %(day)s"), day=f"{day:%m-%d}")
    if min(covered) == 0 and not any(season.default for season in seasons):
        day = LEAP_YEAR[covered.index(0)]
        node.refuse("seasons_gap", _("no season covers %(day)s"), day=f"{day:%m-%d}")
