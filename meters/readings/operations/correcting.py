"""Deciding about corrections that wait; and a person's word about a day."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from campus.nights import operations as nights
from campus.people.models import User
from campus.places.models import Campus, Room
from meters.readings.conflicts import AlreadyDecided, DayNotClosed, NothingEdited
from meters.readings.models import Correction, DailyUse, DayEdit
from meters.readings.operations.revising import stale_days


@transaction.atomic
def accept(
    *, campus: Campus, uids: Sequence[str], by: User | None, at: datetime, note: str
) -> None:
    """
    Let final days be what their data tell: new revisions of their use, at once. The nights are
    opened again by `follow`, which charges, judges and awards them.

    :raises AlreadyDecided: if one of them no longer waits, or its day has moved meanwhile
    """
    told = {"decided_by": by, "decided_at": at, "note": note[:200]}
    for row in _decided(campus, uids, state=Correction.State.ACCEPTED, **told):
        newest = DailyUse.objects.filter(room=row.room, day=row.day).order_by("revision").last()
        if newest is None or newest.revision != row.old_revision:
            raise AlreadyDecided
        DailyUse.objects.create(
            room=row.room,
            day=row.day,
            revision=row.old_revision + 1,
            wh=row.new_wh,
            generated_wh=row.new_generated_wh,
            status=row.new_status,
            closed_at=at,
        )


@transaction.atomic
def decline(
    *, campus: Campus, uids: Sequence[str], by: User | None, at: datetime, note: str
) -> None:
    """
    Leave final days as they were closed; the same data is not asked about again.

    :raises AlreadyDecided: if one of them no longer waits
    """
    told = {"decided_by": by, "decided_at": at, "note": note[:200]}
    _decided(campus, uids, state=Correction.State.DECLINED, **told)


def follow(*, campus: Campus, days: Sequence[date], at: datetime) -> list[date]:
    """Promise that the nights of some days are closed again: bill, saving and points follow."""
    return nights.ask_again(campus=campus, days=days, at=at)


def _decided(campus: Campus, uids: Sequence[str], **decision: Any) -> list[Correction]:
    Campus.objects.select_for_update(no_key=True).get(pk=campus.pk)
    waiting = Correction.objects.filter(
        room__residence__campus=campus, uid__in=uids, state=Correction.State.WAITING
    )
    rows = list(waiting.select_related("room").order_by("day", "room_id"))
    found = Correction.objects.filter(
        pk__in=[row.pk for row in rows], state=Correction.State.WAITING
    )
    if found.update(**decision) != len(set(uids)):
        raise AlreadyDecided
    return rows


@transaction.atomic
def edit_day(
    *, room: Room, day: date, wh: int | None, reason: str, by: User | None, at: datetime
) -> DayEdit:
    """
    Say what a room used on a closed day, and why; with `wh` None, take that back.

    What stood before is kept in the edit. A day that is still free is closed again soon; a final
    one becomes a correction that waits.

    :raises DayNotClosed: if the day was never closed for the room
    :raises NothingEdited: if that is what it says already
    """
    campus = room.residence.campus
    Campus.objects.select_for_update(no_key=True).get(pk=campus.pk)
    newest = DailyUse.objects.filter(room=room, day=day).order_by("revision").last()
    if newest is None:
        raise DayNotClosed(day=day.isoformat())
    before = DayEdit.objects.filter(room=room, day=day).order_by("revision").last()
    if wh == (before.wh if before else None):
        raise NothingEdited
    edit = DayEdit.objects.create(
        room=room,
        day=day,
        revision=before.revision + 1 if before else 1,
        wh=wh,
        reason=reason[:200],
        old_wh=newest.wh,
        old_status=newest.status,
        edited_by=by,
        edited_at=at,
    )
    follow(campus=campus, days=stale_days(campus=campus, told=[day], at=at), at=at)
    return edit
