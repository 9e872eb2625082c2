"""What a person corrected is billed again."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from campus.people.models import User
from campus.places.models import Campus, Room
from meters.billing.models import Adjustment
from meters.billing.operations.adjusting import decide
from meters.billing.operations.nightly import charge_rooms


@transaction.atomic
def rebill(*, room: Room, days: Sequence[date], by: User, at: datetime) -> tuple[Adjustment, ...]:
    """
    Bill a room again after its use of some days was corrected by a person.

    Call it in the transaction that revised the daily uses. Days of open cycles get new revisions of
    their charges and of the later ones they move; a closed cycle gets an adjustment at the tariff
    of its time, posted at once to today's bill since a manager stands behind it. Safe to call
    twice: the second time nothing is left to adjust. What it will come to is told beforehand by
    `meters.billing.queries.preview_correction`. Returns the adjustments posted.
    """
    campus = room.residence.campus
    Campus.objects.select_for_update(no_key=True).get(pk=campus.pk)
    for day in sorted(days):
        charge_rooms(campus=campus, day=day, room_ids=[room.pk], at=at)
    waiting = Adjustment.objects.filter(room=room, state=Adjustment.State.WAITING).order_by("pk")
    touched = [row for row in waiting if any(row.covers(day) for day in days)]
    return tuple(decide(adjustment=row, post=True, by=by, at=at) for row in touched)
