"""Meters through time for a manager: what serves what, what was done, what is suspicious."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.errors import NotFound
from campus.nights import queries as nights
from campus.nights.idempotency import Answer, answer_once
from campus.people import asker
from campus.people import queries as people
from campus.people.models import User
from campus.places.models import Residence, Room, Zone
from meters.readings import manager_shapes as shapes
from meters.readings import operations, queries
from meters.readings.manager_shapes import wh_of
from meters.readings.models import Meter
from meters.readings.operations import Device, Told

WHICH = OpenApiParameter("residence", str, description="uid; the first managed one if left out")
SHOWN = timedelta(days=120)


def _user(request: Request) -> User:
    assert isinstance(request.user, User)
    return request.user


def _residence(request: Request) -> Residence:
    return asker.residence(request, request.query_params.get("residence"))


def _read(shape: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    wish = shape(data=request.data)
    wish.is_valid(raise_exception=True)
    told: dict[str, Any] = wish.validated_data
    return told


def _once(request: Request, effect: Callable[[datetime], Answer]) -> Response:
    at = clock.now()
    return answer_once(request=request, at=at, effect=lambda: effect(at))


def _meter(request: Request, uid: str) -> Meter:
    """
    A meter of a residence that the asker manages.

    :raises NotFound: if it is another's or does not exist
    """
    managed = people.managed_residences(user=_user(request))
    found = queries.meters_of(residences=managed).filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def _room(request: Request, uid: str) -> Room:
    managed = people.managed_residences(user=_user(request))
    rows = Room.objects.filter(uid=uid, residence__in=managed)
    found = rows.select_related("residence__campus").first()
    if found is None:
        raise NotFound
    return found


def _told(wish: dict[str, Any], request: Request, now: datetime) -> Told:
    return Told(at=wish["at"], by=_user(request), now=now, note=wish["note"])


def _device(wish: dict[str, Any], flows: list[str] | None = None) -> Device:
    told = Device(wish["serial"], wish["digits"], breaker_amps=wish["breaker_amps"])
    return Device(told.serial, told.digits, flows, told.breaker_amps) if flows else told


def _event(event: object) -> Answer:
    return 201, dict(shapes.MeterEventOut(event).data)  # type: ignore[arg-type]


class MetersView(APIView):
    """The meters of a residence; a new one begins to serve a room or an area."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="meters", parameters=[WHICH], responses=shapes.MetersOut)
    def get(self, request: Request) -> Response:
        residence = _residence(request)
        rows = queries.meters_of(residences=Residence.objects.filter(pk=residence.pk))
        told = {"meters": rows, "places": _places(residence)}
        return Response(shapes.MetersOut(told, context={"silent": _silent(residence)}).data)

    @extend_schema(
        operation_id="install_meter",
        parameters=[WHICH],
        request=shapes.InstallIn,
        responses={201: shapes.MeterEventOut},
    )
    def post(self, request: Request) -> Response:
        residence, wish = _residence(request), _read(shapes.InstallIn, request)
        place = _place(residence, wish["place"])

        def effect(now: datetime) -> Answer:
            event = operations.install(
                device=_device(wish, sorted(wish["flows"])),
                place=place,
                initial_wh=wh_of(wish["initial_kwh"]),
                told=_told(wish, request, now),
            )
            return _event(event)

        return _once(request, effect)


def _places(residence: Residence) -> list[dict[str, object]]:
    zones = Zone.objects.filter(residence=residence).order_by("code")
    rooms = Room.objects.filter(residence=residence).order_by("number")
    return [
        *({"uid": zone.uid, "name": zone.code, "kind": zone.kind} for zone in zones),
        *({"uid": room.uid, "name": room.number, "kind": "ROOM"} for room in rooms),
    ]


def _place(residence: Residence, uid: str) -> Room | Zone:
    """
    A room or zone of a residence.

    :raises NotFound: if there is none
    """
    room = Room.objects.filter(residence=residence, uid=uid).first()
    found = room or Zone.objects.filter(residence=residence, uid=uid).first()
    if found is None:
        raise NotFound
    return found


def _silent(residence: Residence) -> dict[int, queries.SilentFact]:
    day = nights.last_closed(campus=residence.campus)
    if day is None:
        return {}
    found = queries.silent_meters(campus=residence.campus, day=day, residence=residence)
    return {fact.meter_id: fact for fact in found}


class MeterView(APIView):
    """One meter through time."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="meter", responses=shapes.MeterHistoryOut)
    def get(self, request: Request, uid: str) -> Response:
        meter = _meter(request, uid)
        context = {"silent": {}, "events": queries.events_of_meter(meter=meter)}
        return Response(shapes.MeterHistoryOut(meter, context=context).data)


class ExchangeView(APIView):
    """Another meter takes its place. Needs an Idempotency-Key."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="exchange_meter",
        request=shapes.ExchangeIn,
        responses={201: shapes.MeterEventOut},
    )
    def post(self, request: Request, uid: str) -> Response:
        meter, wish = _meter(request, uid), _read(shapes.ExchangeIn, request)

        def effect(now: datetime) -> Answer:
            event = operations.exchange(
                meter=meter,
                device=_device(wish),
                final_wh=wh_of(wish["final_kwh"]),
                initial_wh=wh_of(wish["initial_kwh"]),
                told=_told(wish, request, now),
            )
            return _event(event)

        return _once(request, effect)


class ResetView(APIView):
    """Its register was set back. Needs an Idempotency-Key."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="reset_meter", request=shapes.ResetIn, responses={201: shapes.MeterEventOut}
    )
    def post(self, request: Request, uid: str) -> Response:
        meter, wish = _meter(request, uid), _read(shapes.ResetIn, request)

        def effect(now: datetime) -> Answer:
            event = operations.reset(
                meter=meter,
                final_wh=wh_of(wish["final_kwh"]) or 0,
                initial_wh=wh_of(wish["initial_kwh"]) or 0,
                told=_told(wish, request, now),
            )
            return _event(event)

        return _once(request, effect)


class RemoveView(APIView):
    """It is taken away. Needs an Idempotency-Key."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="remove_meter", request=shapes.RemoveIn, responses={201: shapes.MeterEventOut}
    )
    def post(self, request: Request, uid: str) -> Response:
        meter, wish = _meter(request, uid), _read(shapes.RemoveIn, request)

        def effect(now: datetime) -> Answer:
            event = operations.remove(
                meter=meter,
                final_wh=wh_of(wish["final_kwh"]),
                told=_told(wish, request, now),
            )
            return _event(event)

        return _once(request, effect)


class DayEditsView(APIView):
    """What people said of the days of a room; a manager says what a day was, and why."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="day_edits", responses=shapes.DayEditOut(many=True))
    def get(self, request: Request, uid: str) -> Response:
        room = _room(request, uid)
        today = clock.today(zone=room.residence.campus.zone)
        rows = queries.edits_of_room(room=room, starts_on=today - SHOWN, ends_on=date.max)
        return Response([shapes.DayEditOut(row).data for row in rows])

    @extend_schema(
        operation_id="edit_day", request=shapes.DayEditIn, responses={201: shapes.DayEditOut}
    )
    def post(self, request: Request, uid: str) -> Response:
        room, wish = _room(request, uid), _read(shapes.DayEditIn, request)

        def effect(now: datetime) -> Answer:
            edit = operations.edit_day(
                room=room,
                day=wish["day"],
                wh=wh_of(wish["kwh"]),
                reason=wish["reason"],
                by=_user(request),
                at=now,
            )
            return 201, dict(shapes.DayEditOut(edit).data)

        return _once(request, effect)


class WatchView(APIView):
    """Silent meters, suspicions, switch-offs and power failures of a residence."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="watch", parameters=[WHICH], responses=shapes.WatchOut)
    def get(self, request: Request) -> Response:
        residence = _residence(request)
        here = Residence.objects.filter(pk=residence.pk)
        day = nights.last_closed(campus=residence.campus)
        suspicions = list(queries.suspicions(residences=here)[:50])
        told = {
            "day": day,
            "silent": sorted(_silent(residence).values(), key=lambda fact: fact.since),
            "suspicions": suspicions,
            "switch_offs": queries.switch_offs(residences=here)[:20],
            "outages": _outages(residence, day),
            "corrections_waiting": queries.waiting_corrections(residence=residence),
        }
        meters = {pk for row in suspicions for pk in (row.meter_id, row.other_id)}
        rooms = queries.room_numbers(meter_ids=meters)
        return Response(shapes.WatchOut(told, context={"rooms": rooms}).data)


def _outages(residence: Residence, day: date | None) -> object:
    if day is None:
        return []
    after = day + timedelta(days=1)
    return queries.outage_days(residence=residence, starts_on=after - SHOWN, ends_on=after)[::-1]


class SwitchOffsView(APIView):
    """Plan a switch-off of a room. Needs an Idempotency-Key."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="plan_switch_off",
        request=shapes.SwitchOffIn,
        responses={201: shapes.SwitchOffOut},
    )
    def post(self, request: Request) -> Response:
        wish = _read(shapes.SwitchOffIn, request)
        room = _room(request, wish["room"])

        def effect(now: datetime) -> Answer:
            planned = operations.plan_switch_off(
                room=room,
                starts_at=wish["starts_at"],
                ends_at=wish["starts_at"] + timedelta(minutes=wish["minutes"]),
                by=_user(request),
                at=now,
            )
            return 201, dict(shapes.SwitchOffOut(planned).data)

        return _once(request, effect)


class SuspicionView(APIView):
    """Confirm or dismiss that two meters are crossed. Needs an Idempotency-Key."""

    permission_classes = (asker.IsManager,)
    confirms = True

    def _decide(self, request: Request, uid: str) -> Response:
        managed = people.managed_residences(user=_user(request))
        found = queries.suspicions(residences=managed).filter(uid=uid).first()
        if found is None:
            raise NotFound
        wish = _read(shapes.ConfirmIn if self.confirms else shapes.NoteIn, request)

        def effect(now: datetime) -> Answer:
            told = {"by": _user(request), "at": now, "note": wish["note"]}
            if self.confirms:
                operations.confirm(suspicion=found, since=wish["since"], **told)
            else:
                operations.dismiss(suspicion=found, **told)
            found.refresh_from_db()
            return 200, dict(shapes.SuspicionOut(found, context={"rooms": {}}).data)

        return _once(request, effect)

    @extend_schema(
        operation_id="confirm_crossed", request=shapes.ConfirmIn, responses=shapes.SuspicionOut
    )
    def post(self, request: Request, uid: str) -> Response:
        return self._decide(request, uid)


class DismissView(SuspicionView):
    """The meters are as they should be."""

    confirms = False

    @extend_schema(
        operation_id="dismiss_crossed", request=shapes.NoteIn, responses=shapes.SuspicionOut
    )
    def post(self, request: Request, uid: str) -> Response:
        return self._decide(request, uid)


class OutagesView(APIView):
    """Tell of a power failure of the residence. Needs an Idempotency-Key."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="tell_outage",
        parameters=[WHICH],
        request=shapes.OutageIn,
        responses={201: shapes.OutageOut},
    )
    def post(self, request: Request) -> Response:
        residence, wish = _residence(request), _read(shapes.OutageIn, request)

        def effect(now: datetime) -> Answer:
            operations.tell_outage(
                residence=residence,
                day=wish["day"],
                by=_user(request),
                at=now,
                note=wish["note"],
            )
            facts = {"note": wish["note"]}
            told = {"day": wish["day"], "facts": facts, "by_person": True}
            return 201, dict(shapes.OutageOut(told).data)

        return _once(request, effect)


class WithdrawOutageView(APIView):
    """There was no power failure that day. Needs an Idempotency-Key."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="withdraw_outage",
        parameters=[WHICH],
        request=shapes.OutageIn,
        responses=shapes.OutageOut,
    )
    def post(self, request: Request) -> Response:
        residence, wish = _residence(request), _read(shapes.OutageIn, request)

        def effect(now: datetime) -> Answer:
            operations.withdraw_outage(residence=residence, day=wish["day"], at=now)
            told: dict[str, object] = {"day": wish["day"], "facts": {}, "by_person": True}
            return 200, dict(shapes.OutageOut(told).data)

        return _once(request, effect)


class OwnMeterView(APIView):
    """Whether the meter of the asker's room still speaks."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="own_meter", responses=shapes.OwnMeterOut)
    def get(self, request: Request) -> Response:
        me = asker.student(request)
        day = nights.last_closed(campus=me.campus)
        found = queries.silent_in(room=me.home(), day=day) if day else None
        told = {
            "serial": found.serial if found else None,
            "silent_since": found.since if found else None,
            "days": found.days if found else 0,
        }
        return Response(shapes.OwnMeterOut(told).data)


urlpatterns = [
    path("manage/meters/", MetersView.as_view(), name="meters"),
    path("manage/meters/<uuid:uid>/", MeterView.as_view(), name="meter"),
    path("manage/meters/<uuid:uid>/exchange/", ExchangeView.as_view(), name="meter-exchange"),
    path("manage/meters/<uuid:uid>/reset/", ResetView.as_view(), name="meter-reset"),
    path("manage/meters/<uuid:uid>/remove/", RemoveView.as_view(), name="meter-remove"),
    path("manage/rooms/<uuid:uid>/edits/", DayEditsView.as_view(), name="room-edits"),
    path("manage/watch/", WatchView.as_view(), name="watch"),
    path("manage/switch-offs/", SwitchOffsView.as_view(), name="switch-offs"),
    path("manage/crossed/<uuid:uid>/confirm/", SuspicionView.as_view(), name="crossed-confirm"),
    path("manage/crossed/<uuid:uid>/dismiss/", DismissView.as_view(), name="crossed-dismiss"),
    path("manage/outages/", OutagesView.as_view(), name="outages"),
    path("manage/outages/withdraw/", WithdrawOutageView.as_view(), name="outages-withdraw"),
    path("energy/meter/", OwnMeterView.as_view(), name="own-meter"),
]
