"""Reading corrections that wait or were decided, and what people said of days."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError

from campus.places.models import Residence, Room
from meters.readings.facts import CorrectionFact
from meters.readings.models import Correction, DayEdit

AT_ONCE = 500


def corrections(*, residence: Residence, waiting: bool) -> list[CorrectionFact]:
    """The corrections of a residence: those that wait by day and room, or the decided ones."""
    rows = Correction.objects.filter(room__residence=residence)
    if waiting:
        rows = rows.filter(state=Correction.State.WAITING).order_by("day", "room__number")
    else:
        decided = (Correction.State.ACCEPTED, Correction.State.DECLINED)
        rows = rows.filter(state__in=decided).order_by("-decided_at", "-pk")
    return [_fact(row) for row in rows.select_related("room", "decided_by")[:AT_ONCE]]


def corrections_by_uid(*, residence: Residence, uids: Sequence[str]) -> list[CorrectionFact]:
    """Some corrections of a residence, by day and room; foreign and unknown ones are absent."""
    rows = Correction.objects.filter(room__residence=residence, uid__in=uids)
    try:
        found = list(rows.select_related("room", "decided_by").order_by("day", "room__number"))
    except ValidationError:  # no uid at all
        return []
    return [_fact(row) for row in found]


def waiting_corrections(*, residence: Residence) -> int:
    """How many corrections of a residence wait for a manager."""
    rows = Correction.objects.filter(room__residence=residence)
    return rows.filter(state=Correction.State.WAITING).count()


def edits_of_room(*, room: Room, starts_on: date, ends_on: date) -> list[DayEdit]:
    """What people said of the days of a room in [starts_on, ends_on), newest first."""
    rows = DayEdit.objects.filter(room=room, day__gte=starts_on, day__lt=ends_on)
    return list(rows.select_related("edited_by").order_by("-edited_at", "-pk"))


def _fact(row: Correction) -> CorrectionFact:
    return CorrectionFact(
        uid=str(row.uid),
        room_id=row.room_id,
        room_uid=str(row.room.uid),
        room_number=row.room.number,
        day=row.day,
        cause=row.cause,
        old_wh=row.old_wh,
        old_status=row.old_status,
        new_wh=row.new_wh,
        new_status=row.new_status,
        state=row.state,
        found_at=row.found_at,
        decided_at=row.decided_at,
        decided_by=row.decided_by.username if row.decided_by else "",
        note=row.note,
    )
