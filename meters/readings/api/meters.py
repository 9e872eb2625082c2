"""The meters of a residence through time: installed, exchanged, reset, removed."""

from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus.errors import NotFound
from campus.nights.idempotency import Answer
from campus.people import asker
from campus.people import queries as people
from campus.places.models import Residence, Room, Zone
from meters.readings import manager_shapes as shapes
from meters.readings import operations, queries
from meters.readings.api.asking import WHICH, once, read, residence_of, user_of
from meters.readings.api.watch import silent_in
from meters.readings.manager_shapes import wh_of
from meters.readings.models import Meter
from meters.readings.operations import Device, Told


def _meter(request: Request, uid: str) -> Meter:
    """
    A meter of a residence that the asker manages.

    :raises NotFound: if it is another's or does not exist
    """
    managed = people.managed_residences(user=user_of(request))
    found = queries.meters_of(residences=managed).filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def _told(wish: dict[str, Any], request: Request, now: datetime) -> Told:
    return Told(at=wish["at"], by=user_of(request), now=now, note=wish["note"])


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
        residence = residence_of(request)
        rows = queries.meters_of(residences=Residence.objects.filter(pk=residence.pk))
        told = {"meters": rows, "places": _places(residence)}
        return Response(shapes.MetersOut(told, context={"silent": silent_in(residence)}).data)

    @extend_schema(
        operation_id="install_meter",
        parameters=[WHICH],
        request=shapes.InstallIn,
        responses={201: shapes.MeterEventOut},
    )
    def post(self, request: Request) -> Response:
        residence, wish = residence_of(request), read(shapes.InstallIn, request)
        place = _place(residence, wish["place"])

        def effect(now: datetime) -> Answer:
            event = operations.install(
                device=_device(wish, sorted(wish["flows"])),
                place=place,
                initial_wh=wh_of(wish["initial_kwh"]),
                told=_told(wish, request, now),
            )
            return _event(event)

        return once(request, effect)


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
        meter, wish = _meter(request, uid), read(shapes.ExchangeIn, request)

        def effect(now: datetime) -> Answer:
            event = operations.exchange(
                meter=meter,
                device=_device(wish),
                final_wh=wh_of(wish["final_kwh"]),
                initial_wh=wh_of(wish["initial_kwh"]),
                told=_told(wish, request, now),
            )
            return _event(event)

        return once(request, effect)


class ResetView(APIView):
    """Its register was set back. Needs an Idempotency-Key."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="reset_meter", request=shapes.ResetIn, responses={201: shapes.MeterEventOut}
    )
    def post(self, request: Request, uid: str) -> Response:
        meter, wish = _meter(request, uid), read(shapes.ResetIn, request)

        def effect(now: datetime) -> Answer:
            event = operations.reset(
                meter=meter,
                final_wh=wh_of(wish["final_kwh"]) or 0,
                initial_wh=wh_of(wish["initial_kwh"]) or 0,
                told=_told(wish, request, now),
            )
            return _event(event)

        return once(request, effect)


class RemoveView(APIView):
    """It is taken away. Needs an Idempotency-Key."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="remove_meter", request=shapes.RemoveIn, responses={201: shapes.MeterEventOut}
    )
    def post(self, request: Request, uid: str) -> Response:
        meter, wish = _meter(request, uid), read(shapes.RemoveIn, request)

        def effect(now: datetime) -> Answer:
            event = operations.remove(
                meter=meter,
                final_wh=wh_of(wish["final_kwh"]),
                told=_told(wish, request, now),
            )
            return _event(event)

        return once(request, effect)
