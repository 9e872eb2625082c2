"""Welfare notes: a room's use fell away, nothing explains it, somebody should knock."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from campus.people.models import Occupancy, User
from campus.places.models import Campus, Term
from campus.places.queries import term_on
from meters.savings.models import SavingEstimate, WelfareNote

LOW_DAYS = 5  # in a row: a long weekend at home is four
BEFORE = 14  # days before, in which somebody must have been there
MANY = 0.1  # of the rooms: when so many stand empty at once, it is a holiday and no worry
FORGOTTEN_AFTER = timedelta(days=30)

AWAY, COUNTED = SavingEstimate.Verdict.AWAY, SavingEstimate.Verdict.COUNTED


@transaction.atomic
def note_welfare(*, campus: Campus, day: date, at: datetime) -> int:
    """
    Note the rooms whose use collapsed without a reason by `day`; returns how many are new.

    Notes whose rooms are used again go, and so do those seen to a month ago. Vacations, holidays
    and days on which many rooms stand empty are reasons. Every room is looked after, also those of
    the comparison group; a note says the room and since when, no figure.
    """
    _forget(campus, day=day, at=at)
    term = term_on(campus=campus, day=day)
    if term is None or _free(term, day):
        return 0
    known = set(_notes(campus).values_list("occupancy_id", flat=True))
    low = _low(campus, day)
    if len(low) > MANY * _watched(campus, day):
        return 0
    sudden = _sudden(low, day=day).items()
    new = [
        WelfareNote(occupancy_id=pk, since=since, noted_on=day)
        for pk, since in sudden
        if pk not in known
    ]
    WelfareNote.objects.bulk_create(new)
    return len(new)


def see_to(*, note: WelfareNote, at: datetime, by: User | None = None) -> WelfareNote:
    """The manager has looked after the room; the first who did is kept."""
    if note.seen_at is None:
        note.seen_at, note.seen_by = at, by
        note.save(update_fields=["seen_at", "seen_by"])
    return note


def _notes(campus: Campus) -> QuerySet[WelfareNote]:
    return WelfareNote.objects.filter(occupancy__room__residence__campus=campus)


def _free(term: Term, day: date) -> bool:
    """Whether the last days were free: then empty rooms explain themselves."""
    days = [(day - timedelta(days=n)).isoformat() for n in range(LOW_DAYS)]
    vacant = any(first <= on < after for first, after in term.vacations for on in days)
    return vacant or sum(on in term.holidays for on in days) > 1


def _watched(campus: Campus, day: date) -> int:
    rows = SavingEstimate.objects.filter(baseline__cohort__campus=campus, day=day)
    return rows.values("occupancy_id").distinct().count()


def _low(campus: Campus, day: date) -> list[int]:
    """Occupancies that were away, by what was told of each day last, on all of the last days."""
    first = day - timedelta(days=LOW_DAYS - 1)
    rows = SavingEstimate.objects.filter(
        baseline__cohort__campus=campus, day__gte=first, day__lte=day, verdict=AWAY
    )
    days = Counter(pk for pk, _on in set(rows.values_list("occupancy_id", "day")))
    suspects = [pk for pk, count in days.items() if count == LOW_DAYS]
    told = _verdicts(suspects, starts_on=first, ends_on=day)
    return [pk for pk, verdicts in told.items() if set(verdicts.values()) == {AWAY}]


def _verdicts(
    occupancies: list[int], *, starts_on: date, ends_on: date
) -> Mapping[int, Mapping[date, str]]:
    rows = SavingEstimate.objects.filter(
        occupancy_id__in=occupancies, day__gte=starts_on, day__lte=ends_on
    )
    told: dict[int, dict[date, str]] = defaultdict(dict)
    for pk, on, verdict in rows.order_by("revision").values_list("occupancy_id", "day", "verdict"):
        told[pk][on] = verdict
    return told


def _sudden(low: list[int], *, day: date) -> Mapping[int, date]:
    """Those who were there shortly before, with the first of their low days."""
    told = _verdicts(low, starts_on=day - timedelta(days=LOW_DAYS + BEFORE), ends_on=day)
    found = {}
    for pk, verdicts in told.items():
        there = [on for on, verdict in verdicts.items() if verdict == COUNTED]
        if there:
            found[pk] = min(on for on in verdicts if on > max(there))
    return found


def _forget(campus: Campus, *, day: date, at: datetime) -> None:
    notes = _notes(campus)
    notes.filter(seen_at__lt=at - FORGOTTEN_AFTER).delete()
    moved = Occupancy.objects.filter(welfare_note__isnull=False, ends_on__lte=day)
    notes.filter(occupancy__in=moved).delete()
    told = _verdicts(list(notes.values_list("occupancy_id", flat=True)), starts_on=day, ends_on=day)
    back = [pk for pk, verdicts in told.items() if verdicts.get(day) == COUNTED]
    notes.filter(occupancy_id__in=back).delete()
