"""After the close: meters that have fallen silent, estimates that last too long, crossed wires."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from campus.places.models import Campus
from meters.readings.models import Issue
from meters.readings.operations.crossing import look_for_crossed
from meters.readings.queries import silence
from meters.readings.queries.silence import SILENT


def watch_meters(*, campus: Campus, day: date, at: datetime) -> None:
    """What no single day can tell: run once a night, safe to run twice."""
    _note_silence(campus, silence.silent_meters(campus=campus, day=day), at)
    look_for_crossed(campus=campus, day=day, at=at)


@transaction.atomic
def _note_silence(campus: Campus, found: Iterable[silence.SilentFact], at: datetime) -> None:
    """One open issue a silent meter, its age renewed; settled when the meter speaks again."""
    known = {
        row.meter_id: row
        for row in Issue.objects.filter(campus=campus, code=SILENT, settled_at=None)
    }
    fresh = []
    for fact in found:
        facts = {"since": fact.since.isoformat(), "days": fact.days}
        row = known.pop(fact.meter_id, None)
        if row is None:
            fresh.append(_issue(campus, fact, facts, at))
        elif row.facts != facts:
            row.facts, row.day = facts, fact.since
            row.save(update_fields=["facts", "day"])
    Issue.objects.bulk_create(fresh)
    spoke = [row.pk for row in known.values()]
    Issue.objects.filter(pk__in=spoke).update(settled_at=at)


def _issue(
    campus: Campus, fact: silence.SilentFact, facts: dict[str, object], at: datetime
) -> Issue:
    return Issue(
        campus=campus,
        meter_id=fact.meter_id,
        day=fact.since,
        code=SILENT,
        facts=facts,
        found_at=at,
    )
