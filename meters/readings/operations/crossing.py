"""Looking for crossed meters, and putting them right in the open."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.db import transaction

from campus.people.models import User
from campus.places.models import Campus, Room
from meters.readings import crossing
from meters.readings.conflicts import AlreadyDecided, MeterIdle, PeriodWrong
from meters.readings.models import Meter, MeterEvent, MeterInstallation, Suspicion, SwitchOff
from meters.readings.operations.holding import CROSSED
from meters.readings.operations.recording import revise_since
from meters.readings.queries import crossed

COMPARED_ON = 6  # Sundays: a night more tells little about weeks
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(minutes=60)


def plan_switch_off(
    *, room: Room, starts_at: datetime, ends_at: datetime, by: User | None, at: datetime
) -> SwitchOff:
    """
    Plan a few minutes in which a room is switched off, so that its meter shows which it is.

    :raises PeriodWrong: if it has begun, or lasts less than 5 minutes or more than an hour
    """
    if starts_at < at or not SHORTEST <= ends_at - starts_at <= LONGEST:
        raise PeriodWrong
    return SwitchOff.objects.create(
        room=room, starts_at=starts_at, ends_at=ends_at, planned_by=by, planned_at=at
    )


@transaction.atomic
def look_for_crossed(*, campus: Campus, day: date, at: datetime) -> int:
    """
    Judge the switch-offs that closed days have told of, and once a week compare meters with the
    people of their rooms; returns how many suspicions are new. What a manager dismissed is not
    raised again.
    """
    new = sum(_judge(each, at) for each in crossed.switch_offs_told(campus=campus, day=day))
    if day.weekday() != COMPARED_ON:
        return new
    for pair in crossed.pairs(campus=campus, day=day):
        if gone := crossing.absence(*pair.use, vacant=pair.vacant):
            new += _suspect(campus, pair.meters, {"absence": asdict(gone)}, at)
        if other := crossing.follows_neighbour(pair.use, pair.people):
            new += _suspect(campus, pair.meters, {"neighbour": asdict(other)}, at)
    return new


def _judge(planned: SwitchOff, at: datetime) -> bool:
    """Which meter fell while the room was off; a stranger's fall is a suspicion."""
    own, dips = crossed.dips_of(planned=planned)
    fell = crossing.fallen(dips)
    names = crossed.serials(meter_ids=[*dips, *([own] if own else [])])
    planned.facts = {
        "own": names.get(own or 0),
        "fell": names.get(fell or 0),
        "depths": {names[meter]: round(dip.depth(), 2) for meter, dip in dips.items()},
    }
    planned.judged_at = at
    planned.save(update_fields=["facts", "judged_at"])
    if own is None or fell in (None, own) or not crossing.contradicts(dips.get(own), dips[fell]):
        return False
    facts = {"switch_off": {**planned.facts, "at": planned.starts_at.isoformat()}}
    return _suspect(planned.room.residence.campus, (own, fell), facts, at)


def _suspect(
    campus: Campus, meters: tuple[int, int], evidence: Mapping[str, object], at: datetime
) -> bool:
    first, second = sorted(meters)
    known = Suspicion.objects.filter(meter_id=first, other_id=second).order_by("-pk")
    row = known.select_for_update(no_key=True).first()
    if row is None:
        Suspicion.objects.create(
            campus=campus, meter_id=first, other_id=second, evidence=dict(evidence), found_at=at
        )
        return True
    if row.state == Suspicion.State.OPEN and not evidence.items() <= row.evidence.items():
        row.evidence = {**row.evidence, **evidence}
        row.save(update_fields=["evidence"])
    return False


@transaction.atomic
def confirm(
    *, suspicion: Suspicion, since: date, by: User | None, at: datetime, note: str
) -> list[MeterEvent]:
    """
    Exchange the histories of two crossed meters from a day on: each serves the other's room.

    Days that are still free follow by themselves; final ones wait as corrections, where the manager
    sees who gains and who loses.

    :raises AlreadyDecided: if the suspicion is not open
    :raises MeterIdle: if one of the meters does not serve a room since that day
    """
    _decide(suspicion, Suspicion.State.CONFIRMED, since=since, by=by, at=at, note=note)
    one, two = (_served(meter, since) for meter in (suspicion.meter, suspicion.other))
    rooms = one.room, two.room
    for row in (one, two):
        MeterInstallation.objects.filter(pk=row.pk, starts_on__lt=since).update(ends_on=since)
    for row, room in zip((one, two), reversed(rooms), strict=True):
        if row.starts_on == since:
            MeterInstallation.objects.filter(pk=row.pk).update(room=room)
        else:
            row.meter.installations.create(room=room, starts_on=since)
    events = [
        MeterEvent.objects.create(
            campus=suspicion.campus,
            kind=MeterEvent.Kind.UNCROSSED,
            meter=row.meter,
            other=other.meter,
            room=room,
            happened_at=at,
            note=note[:200],
            recorded_by=by,
            recorded_at=at,
        )
        for row, other, room in ((one, two, rooms[1]), (two, one, rooms[0]))
    ]
    revise_since(campus=suspicion.campus, day=since, at=at, cause=CROSSED)
    return events


@transaction.atomic
def dismiss(*, suspicion: Suspicion, by: User | None, at: datetime, note: str) -> None:
    """
    Let a suspicion go; it is not raised again.

    :raises AlreadyDecided: if it is not open
    """
    _decide(suspicion, Suspicion.State.DISMISSED, since=None, by=by, at=at, note=note)


def _decide(
    suspicion: Suspicion,
    state: Suspicion.State,
    *,
    since: date | None,
    by: User | None,
    at: datetime,
    note: str,
) -> None:
    Campus.objects.select_for_update(no_key=True).get(pk=suspicion.campus_id)
    waiting = Suspicion.objects.filter(pk=suspicion.pk, state=Suspicion.State.OPEN)
    if not waiting.update(state=state, since=since, decided_by=by, decided_at=at, note=note[:200]):
        raise AlreadyDecided


def _served(meter: Meter, since: date) -> MeterInstallation:
    """The room that a meter serves without end, on that day and since."""
    rows = meter.installations.filter(ends_on=None, room__isnull=False, starts_on__lte=since)
    row = rows.select_related("room", "meter").first()
    if row is None:
        raise MeterIdle(meter=meter.serial)
    return row
