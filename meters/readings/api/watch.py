"""What a manager must look after: silent meters, suspicions, power failures; and a room's own."""

from datetime import date, datetime, timedelta

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus.nights import queries as nights
from campus.nights.idempotency import Answer
from campus.people import asker
from campus.places.models import Residence
from meters.readings import manager_shapes as shapes
from meters.readings import operations, queries
from meters.readings.api.asking import WHICH, once, read, residence_of, user_of

SHOWN = timedelta(days=120)


class WatchView(APIView):
    """Silent meters, findings, suspicions, switch-offs and power failures of a residence."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="watch", parameters=[WHICH], responses=shapes.WatchOut)
    def get(self, request: Request) -> Response:
        residence = residence_of(request)
        here = Residence.objects.filter(pk=residence.pk)
        day = nights.last_closed(campus=residence.campus)
        suspicions = list(queries.suspicions(residences=here)[:50])
        told = {
            "day": day,
            "silent": sorted(silent_in(residence).values(), key=lambda fact: fact.since),
            "findings": queries.open_findings(residence=residence, day=day),
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


def silent_in(residence: Residence) -> dict[int, queries.SilentFact]:
    """Meter id -> since when it tells nothing, as of the last closed night."""
    day = nights.last_closed(campus=residence.campus)
    if day is None:
        return {}
    found = queries.silent_meters(campus=residence.campus, day=day, residence=residence)
    return {fact.meter_id: fact for fact in found}


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
        residence, wish = residence_of(request), read(shapes.OutageIn, request)

        def effect(now: datetime) -> Answer:
            operations.tell_outage(
                residence=residence,
                day=wish["day"],
                by=user_of(request),
                at=now,
                note=wish["note"],
            )
            facts = {"note": wish["note"]}
            told = {"day": wish["day"], "facts": facts, "by_person": True}
            return 201, dict(shapes.OutageOut(told).data)

        return once(request, effect)


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
        residence, wish = residence_of(request), read(shapes.OutageIn, request)

        def effect(now: datetime) -> Answer:
            operations.withdraw_outage(residence=residence, day=wish["day"], at=now)
            told: dict[str, object] = {"day": wish["day"], "facts": {}, "by_person": True}
            return 200, dict(shapes.OutageOut(told).data)

        return once(request, effect)


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
