"""What a manager reads of savings: terms and draws, placebo figures, notes, rehearsals."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from campus.errors import NotFound
from campus.places.models import Campus, Enrolment, Residence, Room, Term
from meters.savings.facts import PlaceboFact
from meters.savings.models import (
    Lottery,
    SavingTerms,
    SettlementSnapshot,
    TermRehearsal,
    WeatherWarning,
    WelfareNote,
)


def terms_to_come(*, campus: Campus, today: date) -> list[Term]:
    """The academic terms of a campus that are not over, by their first day."""
    return list(campus.terms.filter(ends_on__gt=today).order_by("starts_on"))


def term_of(*, campus: Campus, uid: UUID) -> Term:
    """
    A term of the campus.

    :raises NotFound: if it has no such term
    """
    found = campus.terms.filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def lottery_of(*, term: Term) -> Lottery | None:
    """The published draw of a term."""
    return Lottery.objects.filter(term=term).first()


def room_count(*, campus: Campus) -> int:
    """How many rooms take part in a draw."""
    return Room.objects.filter(residence__campus=campus).count()


def announced(*, campus: Campus) -> list[SavingTerms]:
    """The saving terms of a campus, newest first."""
    return list(SavingTerms.objects.filter(campus=campus).order_by("-valid_from"))


def placebos(*, campus: Campus, limit: int = 20) -> Sequence[PlaceboFact]:
    """The placebo figures of the newest settlements, newest first."""
    rows = SettlementSnapshot.objects.filter(campus=campus).order_by("-ends_on")[:limit]
    told = rows.values_list("ends_on", "placebo_wh", "comparison_wh")
    return [PlaceboFact(*row) for row in told]


def warning_of(*, campus: Campus, uid: UUID) -> WeatherWarning:
    """:raises NotFound: if the campus has no such warning"""
    found = WeatherWarning.objects.filter(campus=campus, uid=uid).first()
    if found is None:
        raise NotFound
    return found


def welfare_of(*, residence: Residence) -> list[WelfareNote]:
    """The rooms of a residence somebody should look after, the longest first."""
    rows = WelfareNote.objects.filter(occupancy__room__residence=residence)
    return list(rows.select_related("occupancy__room").order_by("seen_at", "since", "pk"))


def note_of(*, residences: Sequence[Residence], uid: UUID) -> WelfareNote:
    """:raises NotFound: if no room of these residences has such a note"""
    rows = WelfareNote.objects.filter(occupancy__room__residence__in=residences, uid=uid)
    found = rows.select_related("occupancy__room").first()
    if found is None:
        raise NotFound
    return found


def rehearsals_of(*, campus: Campus, limit: int = 10) -> list[TermRehearsal]:
    """The newest rehearsals of a campus."""
    rows = TermRehearsal.objects.filter(term__campus=campus).select_related("term")
    return list(rows.order_by("-pk")[:limit])


def settled_terms(*, campus: Campus) -> list[Term]:
    """The terms of which something was settled, newest first."""
    return list(campus.terms.filter(snapshots__isnull=False).distinct().order_by("-starts_on"))


def comparison_count(*, term: Term) -> int:
    """How many rooms are enrolled as comparison rooms of a term."""
    return Enrolment.objects.filter(term=term, part=Enrolment.Part.COMPARISON).count()
