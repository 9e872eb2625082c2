"""Which chapter of the term it is: four weeks each, with items of its own."""

from dataclasses import dataclass
from datetime import date

from campus.places import queries as places
from campus.places.models import Campus, Term
from points.game.rules import book as rules_book


@dataclass(frozen=True, slots=True)
class Season:
    """A chapter's id and the week of the term, from 1; outside a term both say nothing."""

    id: str = ""
    week: int = 0
    ends_on: date | None = None


def season_of(*, campus: Campus, day: date) -> str:
    """spring, summer, autumn or winter, by the months of the campus's half of the earth."""
    month = day.month if campus.latitude >= 0 else (day.month + 6) % 12
    return ("winter", "spring", "summer", "autumn")[month % 12 // 3]


def chapter_on(*, campus: Campus, day: date) -> Season:
    """The chapter of the term that holds `day`; a longer term stays in its last chapter."""
    term = places.term_on(campus=campus, day=day)
    if term is None or _in_vacation(term, day):
        return Season()
    book, week = rules_book.current(), (day - term.starts_on).days // 7
    number = min(week // book.chapter_weeks, len(book.chapters) - 1)
    return Season(id=book.chapters[number].id, week=week + 1, ends_on=term.ends_on)


def _in_vacation(term: Term, day: date) -> bool:
    told = day.isoformat()
    return any(first <= told < after for first, after in term.vacations)
