"""Corrections of closed cycles: what changed waits for a manager, and enters a later bill."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from campus.people.models import User
from campus.places.models import Room
from meters.billing.charging import Key
from meters.billing.models import Adjustment, AdjustmentPart
from meters.billing.operations.telling import tell_adjusted
from meters.billing.queries.replays import Replay, parts_of, replay
from meters.billing.refusals import AdjustmentDecided

State = Adjustment.State


def note(*, room_ids: Sequence[int], starts_on: date, at: datetime) -> list[Adjustment]:
    """
    For each room whose closed cycle is known otherwise than it was billed, let the difference wait
    for a manager; returns what waits now. One adjustment waits a cycle: a newer one replaces it,
    and one for which nothing is left to adjust is taken back.
    """
    rooms = Room.objects.filter(pk__in=room_ids).select_related("residence__campus")
    return list(_noted(rooms.order_by("pk"), starts_on, at))


def _noted(rooms: Any, starts_on: date, at: datetime) -> Iterator[Adjustment]:
    for room in rooms:
        found = replay(room=room, starts_on=starts_on, at=at)
        made = _waiting(room, found, at) if found else None
        if made is not None:
            yield made


def _waiting(room: Room, found: Replay, at: datetime) -> Adjustment | None:
    parts, priced = parts_of(found, at=at)
    waiting = Adjustment.objects.filter(
        room=room, cycle_starts_on=found.known.cycle.first_day, state=State.WAITING
    )
    known = waiting.first()
    if known is not None and _parts(known) == parts:
        return known
    waiting.update(state=State.REPLACED, decided_at=at)
    if not parts:
        return None
    row = Adjustment.objects.create(
        room=room,
        cycle_starts_on=found.known.cycle.first_day,
        cycle_ends_on=found.known.cycle.end,
        billed=sum(found.billed.values()),
        priced=priced,
        amount=sum(parts.values()),
        days=found.days,
        found_at=at,
    )
    AdjustmentPart.objects.bulk_create(
        AdjustmentPart(adjustment=row, holder_id=key, amount=amount)
        for key, amount in parts.items()
    )
    return row


def _parts(row: Adjustment) -> Mapping[Key, int]:
    return dict(row.parts.values_list("holder_id", "amount"))


@transaction.atomic
def decide(*, adjustment: Adjustment, post: bool, by: User, at: datetime) -> Adjustment:
    """
    Put a waiting adjustment on the bill of today's cycle, or decline it.

    :raises AdjustmentDecided: if it no longer waits
    """
    today = at.astimezone(adjustment.room.residence.campus.zone).date()
    waiting = Adjustment.objects.filter(pk=adjustment.pk, state=State.WAITING)
    changed = waiting.update(
        state=State.POSTED if post else State.DECLINED,
        billed_on=today if post else None,
        decided_by=by,
        decided_at=at,
    )
    if not changed:
        raise AdjustmentDecided
    adjustment.refresh_from_db()
    if post:
        tell_adjusted(adjustment=adjustment, at=at)
    return adjustment
