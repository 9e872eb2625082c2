"""The ten promises of the economy, judged over simulated terms. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from points.game.economy import profiles as who
from points.game.economy.term import Played, sinks
from points.game.rules.book import Book

Terms = Mapping[str, Sequence[Played]]


@dataclass(frozen=True, slots=True)
class Goal:
    """A promise with what was found; figures are told as they are compared."""

    text: str
    found: float
    least: float
    most: float

    @property
    def holds(self) -> bool:
        """Whether the finding lies within the promise."""
        return self.least <= self.found <= self.most


@dataclass(frozen=True, slots=True)
class Row:
    """A profile in figures: medians over its terms, income and hoard in sunlight."""

    profile: str
    income: float
    level: float
    kinds: float
    spent: float
    hoard_weeks: float


def rows(terms: Terms) -> list[Row]:
    """One line for each profile."""
    return [
        Row(
            profile=name,
            income=_weekly(played),
            level=median(one.level for one in played),
            kinds=median(one.kinds for one in played),
            spent=median(one.spent for one in played),
            hoard_weeks=_hoard(played),
        )
        for name, played in terms.items()
    ]


def judge(terms: Terms, *, book: Book) -> list[Goal]:
    """The ten goals in their order (game.md, section 15.4)."""
    weekly = {name: _weekly(played) for name, played in terms.items()}
    middle, low = weekly[who.MEDIAN], weekly[who.LOW]
    alone = weekly[who.ALONE] / weekly[who.FOUR]
    first = max(one.first_building_day or 0 for played in terms.values() for one in played)
    kinds = median(one.kinds for one in terms[who.LOW])
    spent = median(one.spent for one in terms[who.HIGH]) / sinks(book=book)
    level = median(one.level for one in terms[who.MEDIAN])
    most = float("inf")
    return [
        Goal("high to low weekly income", weekly[who.HIGH] / low, 0, 3.0),
        Goal("efficient room to median saver", weekly[who.EFFICIENT] / middle, 0.85, 1.15),
        Goal("one person to four people", alone, 0.9, 1.1),
        Goal("weekends away to median saver", weekly[who.WEEKENDS] / middle, 0.75, most),
        Goal("absent room to low saver", weekly[who.ABSENT] / low, 0, 0.5),
        Goal("latest day of the first building", first, 0, 0),
        Goal("kinds of a low saver by week 16", kinds, 24, most),
        Goal("part of the sinks a high saver used", spent, 0, 0.8),
        Goal("weeks of income a median saver hoards", _hoard(terms[who.MEDIAN]), 0, 2.5),
        Goal("level of a median saver", level, 9, 11),
    ]


def _weekly(played: Sequence[Played]) -> float:
    return fmean(week for one in played for week in one.income)


def _hoard(played: Sequence[Played]) -> float:
    """The median balance at a week's end, in weeks of income."""
    return median(week for one in played for week in one.hoard) / _weekly(played)
