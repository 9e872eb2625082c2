"""Keeping what a close found: one open issue of a kind for a meter's day, settled when answered."""

from collections.abc import Iterable
from datetime import date, datetime

from campus.places.models import Campus
from meters.readings import checks
from meters.readings.models import Issue, Outage
from meters.readings.queries.pending import DayResult, Found

# What is found beside the checks of single days.
BESIDE = frozenset({"site_differs", "prolonged_estimate"})
Subject = tuple[int | None, int | None, str]  # meter, residence, code


def note(*, seen: DayResult, campus: Campus, at: datetime) -> None:
    """Open what was found, renew the figures of what stands, settle what is answered."""
    codes = checks.codes() | BESIDE
    rows = Issue.objects.filter(campus=campus, day=seen.day, code__in=codes)
    known = {_subject(row): row for row in rows.order_by("pk")}
    wanted = {(f.meter_id, f.residence_id, f.doubt.code): f for f in seen.found}
    _settle((row for subject, row in known.items() if subject not in wanted), at)
    for subject, found in wanted.items():
        if subject in known:
            _renew(known[subject], found)
    fresh = [found for subject, found in wanted.items() if subject not in known]
    Issue.objects.bulk_create(_issue(found, seen.day, campus, at) for found in fresh)
    _note_outages(seen, at)


def _subject(row: Issue) -> Subject:
    return (row.meter_id, row.residence_id, row.code)


def _settle(rows: Iterable[Issue], at: datetime) -> None:
    answered = [row.pk for row in rows if row.settled_at is None]
    if answered:
        Issue.objects.filter(pk__in=answered).update(settled_at=at)


def _renew(row: Issue, found: Found) -> None:
    """A finding that a person has settled stays settled while its figures stay."""
    if row.facts != dict(found.doubt.facts):
        row.facts, row.settled_at = dict(found.doubt.facts), None
        row.save(update_fields=["facts", "settled_at"])


def _issue(found: Found, day: date, campus: Campus, at: datetime) -> Issue:
    return Issue(
        campus=campus,
        meter_id=found.meter_id,
        residence_id=found.residence_id,
        day=day,
        code=found.doubt.code,
        facts=dict(found.doubt.facts),
        found_at=at,
    )


def _note_outages(seen: DayResult, at: datetime) -> None:
    """A failure that the hours show; one that a manager has taken back is not found again."""
    if not seen.failed:
        return
    known = set(
        Outage.objects.filter(residence_id__in=seen.failed, day=seen.day).values_list(
            "residence_id", flat=True
        )
    )
    for home, failed in seen.failed.items():
        if home in known:
            continue
        facts = {"rooms": failed.rooms, "still": failed.still, "intervals": failed.intervals}
        Outage.objects.create(residence_id=home, day=seen.day, facts=facts, found_at=at)
