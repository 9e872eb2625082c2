"""Deciding corrections of final days, with what follows from it seen beforehand."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from campus.errors import NotFound
from campus.nights import operations as nights
from campus.nights import queries as closed
from campus.people import queries as people
from campus.people.models import User
from campus.places.models import Campus, Residence, Room
from meters.billing import operations as billing
from meters.billing import queries as bills
from meters.readings import operations as readings
from meters.readings import queries as days
from meters.readings.facts import CAUSES, CorrectionFact
from points.corrections.facts import ForPerson, ForRoom, Outcome
from points.corrections.operations.telling import ACCEPTED, DECLINED, tell_decided
from points.corrections.queries import Standing, residents_since, standing
from points.earning.operations.sunlight import REACH

_LATE, _EDIT, CROSSED = CAUSES
# What of a night moves savings and points; rankings stay as they were published.
ESTIMATE, SETTLE, AWARD = "meters.estimate_savings", "meters.settle_savings", "points.award"


def preview(*, residence: Residence, uids: Sequence[str], at: datetime) -> Outcome:
    """
    Who gains and who loses if these corrections are accepted together; nothing is left behind.

    The bill is priced again by the tariffs of its time. Savings and points are those of the very
    acceptance: it is carried out, read, and taken back, so that it cannot tell another story.

    :raises NotFound: if one of them is not of this residence
    """
    told = _asked(residence, uids)
    rooms = _rooms(told)
    on = _nights(residence, told)
    today = at.astimezone(residence.campus.zone).date()
    residents = residents_since(campus=residence.campus, rooms=rooms, day=on[0], today=today)
    parts = {room.pk: _parts(room, told, at) for room in rooms}
    before = standing(rooms=rooms, residents=residents, days=on)
    with nights.rehearsal():
        readings.accept(campus=residence.campus, uids=uids, by=None, at=at, note="")
        _rehearse(residence.campus, on, at)
        after = standing(rooms=rooms, residents=residents, days=on)
    return Outcome(
        corrections=tuple(told),
        rooms=tuple(_for_room(room, told, before, after, parts[room.pk]) for room in rooms),
        people=tuple(_for_people(rooms, residents, before, after, parts)),
        currency=residence.campus.currency,
        minor_digits=residence.campus.minor_digits,
    )


def _rehearse(campus: Campus, days: Sequence[date], at: datetime) -> None:
    """
    The nights that would be judged anew, step by step, as few as tell all of it, because the
    database is held meanwhile: the first settles anew whatever was settled since, from the uses
    themselves; and an award judges what was revised a week around its night.
    """
    for step, on in ((ESTIMATE, days), (SETTLE, days[:1]), (AWARD, _apart(days, REACH))):
        nights.rehearse(campus=campus, days=on, steps=(step,), at=at)


def _apart(days: Sequence[date], reach: int) -> list[date]:
    """The fewest of sorted days such that none of the others lies further behind one of them."""
    chosen: list[date] = []
    for day in days:
        if not chosen or (day - chosen[-1]).days > reach:
            chosen.append(day)
    return chosen


@transaction.atomic
def accept(
    *, residence: Residence, uids: Sequence[str], by: User, at: datetime, note: str
) -> list[date]:
    """
    Let final days be what their data tell: use and bill at once, savings and points with the nights
    that are opened again. The residents are told. Returns those nights.

    :raises NotFound: if one of them is not of this residence
    :raises AlreadyDecided: if one of them no longer waits
    """
    told = _asked(residence, uids)
    readings.accept(campus=residence.campus, uids=uids, by=by, at=at, note=note)
    for room in _rooms(told):
        its = [fact.day for fact in told if fact.room_id == room.pk]
        billing.rebill(room=room, days=its, by=by, at=at)
    tell_decided(campus=residence.campus, kind=ACCEPTED, corrections=told, at=at)
    return readings.follow(campus=residence.campus, days=_nights(residence, told), at=at)


def _nights(residence: Residence, told: Sequence[CorrectionFact]) -> list[date]:
    """
    The nights that are judged anew: those of the corrections; and where crossed meters are
    exchanged, which exchanges what was learnt from them, too, every night since.
    """
    days = {fact.day for fact in told}
    last = closed.last_closed(campus=residence.campus)
    if last and any(fact.cause == CROSSED for fact in told):
        first = min(days)
        days |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    return sorted(days)


@transaction.atomic
def decline(
    *, residence: Residence, uids: Sequence[str], by: User, at: datetime, note: str
) -> None:
    """
    Leave the days as they were closed; the residents are told that they were looked at.

    :raises NotFound: if one of them is not of this residence
    :raises AlreadyDecided: if one of them no longer waits
    """
    told = _asked(residence, uids)
    readings.decline(campus=residence.campus, uids=uids, by=by, at=at, note=note)
    tell_decided(campus=residence.campus, kind=DECLINED, corrections=told, at=at)


def _asked(residence: Residence, uids: Sequence[str]) -> list[CorrectionFact]:
    told = days.corrections_by_uid(residence=residence, uids=uids)
    if not told or len(told) != len(set(uids)):
        raise NotFound
    return told


def _rooms(told: Sequence[CorrectionFact]) -> list[Room]:
    wanted = {fact.room_id for fact in told}
    rows = Room.objects.filter(pk__in=wanted).select_related("residence__campus")
    return list(rows.order_by("number"))


Parts = Mapping[int | None, int]


def _parts(room: Room, told: Sequence[CorrectionFact], at: datetime) -> Parts:
    """Holder (None: the landlord) -> what they would owe, all cycles together."""
    changes = {fact.day: fact.new_wh for fact in told if fact.room_id == room.pk}
    found: dict[int | None, int] = {}
    for cycle in bills.preview_correction(room=room, changes=changes, at=at):
        for holder, amount in cycle.parts.items():
            found[holder] = found.get(holder, 0) + amount
    return found


def _for_room(
    room: Room, told: Sequence[CorrectionFact], before: Standing, after: Standing, parts: Parts
) -> ForRoom:
    its = [fact for fact in told if fact.room_id == room.pk]
    return ForRoom(
        room_number=room.number,
        used_before=sum(fact.old_wh or 0 for fact in its),
        used_after=sum(fact.new_wh or 0 for fact in its),
        saved_before=before.saved[room.pk],
        saved_after=after.saved[room.pk],
        booked_before=before.booked[room.pk],
        booked_after=after.booked[room.pk],
        landlord=parts.get(None, 0),
    )


def _for_people(
    rooms: Sequence[Room],
    residents: Mapping[int, Sequence[int]],
    before: Standing,
    after: Standing,
    parts: Mapping[int, Parts],
) -> list[ForPerson]:
    billed = {pk for some in parts.values() for pk in some if pk is not None}
    lived = {pk for some in residents.values() for pk in some}
    names = people.nicknames(holders=sorted(billed | lived))
    return [
        ForPerson(
            room_number=room.number,
            nickname=names.get(pk, ""),
            amount=parts[room.pk].get(pk, 0),
            cp=after.cp.get(pk, 0) - before.cp.get(pk, 0),
            sun=after.sun.get(pk, 0) - before.sun.get(pk, 0),
        )
        for room in rooms
        for pk in sorted({*residents[room.pk], *(pk for pk in parts[room.pk] if pk)})
    ]
