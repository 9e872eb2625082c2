"""A manager tells of a power failure, or that there was none."""

from datetime import date, datetime

from django.db import transaction

from campus.people.models import User
from campus.places.models import Residence
from meters.readings.conflicts import AlreadyDecided
from meters.readings.models import Outage
from meters.readings.operations.correcting import follow


@transaction.atomic
def tell_outage(
    *, residence: Residence, day: date, by: User | None, at: datetime, note: str
) -> Outage:
    """
    The power of a residence failed on a day: what its rooms used then is nobody's saving.

    :raises AlreadyDecided: if it is known already
    """
    rows = Outage.objects.filter(residence=residence, day=day, withdrawn_at=None)
    if rows.exists():
        raise AlreadyDecided
    outage = Outage.objects.create(
        residence=residence, day=day, facts={"note": note[:200]}, told_by=by, found_at=at
    )
    follow(campus=residence.campus, days=[day], at=at)
    return outage


@transaction.atomic
def withdraw_outage(*, residence: Residence, day: date, at: datetime) -> None:
    """
    There was no failure; the data alone will not say so again.

    :raises AlreadyDecided: if none is known
    """
    rows = Outage.objects.filter(residence=residence, day=day, withdrawn_at=None)
    if not rows.update(withdrawn_at=at):
        raise AlreadyDecided
    follow(campus=residence.campus, days=[day], at=at)
