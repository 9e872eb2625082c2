"""
Recording what was done to meters: installed, exchanged, reset, removed.

The readings of an event go through intake like any other delivery, as a small file of their own, so
that days follow from them in one way only, and stay explained by a line of a file.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from campus.nights import queries as nights_queries
from campus.people.models import User
from campus.places.models import Campus, Room, Zone
from campus.units import kwh
from meters.readings import intake
from meters.readings.conflicts import EventRefused, MeterIdle, MeterTaken
from meters.readings.models import Channel, Delivery, Meter, MeterEvent, MeterInstallation
from meters.readings.operations.correcting import follow
from meters.readings.operations.revising import stale_days

DAY = timedelta(days=1)
LIMIT_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Told:
    """Who told of an event, when it happened, when it was told, and a word about it."""

    at: datetime
    by: User | None
    now: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Device:
    """A meter as it is named on the spot."""

    serial: str
    digits: int = 6
    flows: Sequence[str] = (Channel.Flow.IMPORT,)
    breaker_amps: int = 16


@transaction.atomic
def install(
    *, device: Device, place: Room | Zone, initial_wh: int | None, told: Told
) -> MeterEvent:
    """
    Let a meter serve a room or a zone from an instant on.

    :raises MeterTaken: if it serves something already
    :raises EventRefused: if its reading contradicts what it told
    """
    campus = _locked(place.residence.campus)
    meter = _meter(device, campus, told)
    _serve(meter, place, told, campus)
    readings = [(meter, "INITIAL", initial_wh)]
    return _record(
        MeterEvent.Kind.INSTALLED,
        meter=meter,
        other=None,
        place=place,
        readings=readings,
        told=told,
    )


@transaction.atomic
def exchange(
    *, meter: Meter, device: Device, final_wh: int | None, initial_wh: int | None, told: Told
) -> MeterEvent:
    """
    Put a meter in the place of another; both serve the day of the exchange, each its part.

    :raises MeterIdle: if the old one serves nothing at that time
    :raises MeterTaken: if the new one serves something already
    :raises EventRefused: if a reading contradicts what its meter told
    """
    campus = _locked(meter.campus)
    serving = _serving(meter, told, campus)
    place = serving.room or serving.zone
    assert place is not None
    flows = meter.channels.order_by("pk").values_list("flow", flat=True)
    fresh = _meter(
        Device(device.serial, device.digits, list(flows), device.breaker_amps), campus, told
    )
    _end(serving, told, campus)
    _serve(fresh, place, told, campus)
    readings = [(meter, "FINAL", final_wh), (fresh, "INITIAL", initial_wh)]
    return _record(
        MeterEvent.Kind.EXCHANGED,
        meter=meter,
        other=fresh,
        place=place,
        readings=readings,
        told=told,
    )


@transaction.atomic
def reset(*, meter: Meter, final_wh: int, initial_wh: int, told: Told) -> MeterEvent:
    """
    The register of a meter was set back: what it showed just before, and just after.

    :raises MeterIdle: if the meter serves nothing at that time
    :raises EventRefused: if a reading contradicts what the meter told
    """
    serving = _serving(meter, told, _locked(meter.campus))
    readings = [(meter, "FINAL", final_wh), (meter, "INITIAL", initial_wh)]
    place = serving.room or serving.zone
    return _record(
        MeterEvent.Kind.RESET,
        meter=meter,
        other=None,
        place=place,
        readings=readings,
        told=told,
    )


@transaction.atomic
def remove(*, meter: Meter, final_wh: int | None, told: Told) -> MeterEvent:
    """
    A meter serves nothing any more, from an instant on.

    :raises MeterIdle: if it serves nothing at that time
    :raises EventRefused: if its reading contradicts what it told
    """
    campus = _locked(meter.campus)
    serving = _serving(meter, told, campus)
    _end(serving, told, campus)
    place = serving.room or serving.zone
    readings = [(meter, "FINAL", final_wh)]
    return _record(
        MeterEvent.Kind.REMOVED,
        meter=meter,
        other=None,
        place=place,
        readings=readings,
        told=told,
    )


def _locked(campus: Campus) -> Campus:
    return Campus.objects.select_for_update(no_key=True).get(pk=campus.pk)


def _day(told: Told, campus: Campus) -> date:
    return told.at.astimezone(campus.zone).date()


def _meter(device: Device, campus: Campus, told: Told) -> Meter:
    """The meter of a serial, known or new, with its channels; it must be free from then on."""
    meter, _new = Meter.objects.get_or_create(
        campus=campus,
        serial=device.serial,
        defaults={"digits": device.digits, "breaker_amps": device.breaker_amps},
    )
    for flow in device.flows:
        Channel.objects.get_or_create(meter=meter, flow=flow)
    later = Q(ends_on=None) | Q(ends_on__gt=_day(told, campus))
    if meter.installations.filter(later).exists():
        raise MeterTaken(meter=meter.serial)
    return meter


def _serving(meter: Meter, told: Told, campus: Campus) -> MeterInstallation:
    day = _day(told, campus)
    open_then = Q(ends_on=None) | Q(ends_on__gt=day)
    found = meter.installations.filter(open_then, starts_on__lte=day)
    row = found.select_related("room__residence", "zone__residence").order_by("starts_on").last()
    if row is None:
        raise MeterIdle(meter=meter.serial)
    return row


def _serve(meter: Meter, place: Room | Zone, told: Told, campus: Campus) -> None:
    where = {"room": place} if isinstance(place, Room) else {"zone": place}
    try:
        with transaction.atomic():
            meter.installations.create(**where, starts_on=_day(told, campus), starts_at=told.at)
    except IntegrityError:
        raise MeterTaken(meter=meter.serial) from None


def _end(serving: MeterInstallation, told: Told, campus: Campus) -> None:
    serving.ends_on, serving.ends_at = _day(told, campus) + DAY, told.at
    serving.save(update_fields=["ends_on", "ends_at"])


Shown = Sequence[tuple[Meter, str, int | None]]


def _record(
    kind: MeterEvent.Kind,
    *,
    meter: Meter,
    other: Meter | None,
    place: Room | Zone | None,
    readings: Shown,
    told: Told,
) -> MeterEvent:
    """The event with its readings; the days that it changes are closed again soon."""
    shown = {event: wh for _meter, event, wh in readings}
    event = MeterEvent.objects.create(
        campus=meter.campus,
        kind=kind,
        meter=meter,
        other=other,
        room=place if isinstance(place, Room) else None,
        zone=place if isinstance(place, Zone) else None,
        happened_at=told.at,
        final_wh=shown.get("FINAL"),
        initial_wh=shown.get("INITIAL"),
        delivery=_deliver(kind, readings, told),
        note=told.note[:200],
        recorded_by=told.by,
        recorded_at=told.now,
    )
    revise_since(campus=meter.campus, day=_day(told, meter.campus), at=told.now)
    return event


def revise_since(*, campus: Campus, day: date, at: datetime, cause: str | None = None) -> None:
    """Close again the days from `day` on that are otherwise now."""
    last = nights_queries.last_closed(campus=campus)
    if last is None or last < day:
        return
    days = [day + n * DAY for n in range((last - day).days + 1)]
    follow(campus=campus, days=stale_days(campus=campus, told=days, at=at, cause=cause), at=at)


def _deliver(kind: str, readings: Shown, told: Told) -> Delivery | None:
    rows = [
        f"{meter.serial},{told.at.isoformat()},{kwh(wh)},{event}"
        for meter, event, wh in readings
        if wh is not None
    ]
    if not rows:
        return None
    meter = readings[0][0]
    content = "\n".join(["meter_id,read_at,register_kwh,event", *rows, ""])
    delivery = intake.take_in(
        campus=meter.campus,
        name=f"{kind.lower()} {meter.serial} {told.at:%Y-%m-%d}.csv",
        stream=io.BytesIO(content.encode()),
        way=Delivery.Way.UPLOAD,
        by=told.by,
        at=told.now,
        limit_bytes=LIMIT_BYTES,
    )
    if delivery.state == Delivery.State.REFUSED or delivery.refused_rows:
        raise EventRefused(reason=_why(delivery))
    return delivery


def _why(delivery: Delivery) -> str:
    codes = [str(row["code"]) for row in delivery.report]
    return ", ".join(sorted(set(codes))) or delivery.reason
