"""Crossed meters: a switch-off that shows which meter is whose, and a manager's word."""

from datetime import datetime, timedelta

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus.errors import NotFound
from campus.nights.idempotency import Answer
from campus.people import asker
from campus.people import queries as people
from meters.readings import manager_shapes as shapes
from meters.readings import operations, queries
from meters.readings.api.asking import once, read, room_of, user_of


class SwitchOffsView(APIView):
    """Plan a switch-off of a room. Needs an Idempotency-Key."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="plan_switch_off",
        request=shapes.SwitchOffIn,
        responses={201: shapes.SwitchOffOut},
    )
    def post(self, request: Request) -> Response:
        wish = read(shapes.SwitchOffIn, request)
        room = room_of(request, wish["room"])

        def effect(now: datetime) -> Answer:
            planned = operations.plan_switch_off(
                room=room,
                starts_at=wish["starts_at"],
                ends_at=wish["starts_at"] + timedelta(minutes=wish["minutes"]),
                by=user_of(request),
                at=now,
            )
            return 201, dict(shapes.SwitchOffOut(planned).data)

        return once(request, effect)


class SuspicionView(APIView):
    """Confirm or dismiss that two meters are crossed. Needs an Idempotency-Key."""

    permission_classes = (asker.IsManager,)
    confirms = True

    def _decide(self, request: Request, uid: str) -> Response:
        managed = people.managed_residences(user=user_of(request))
        found = queries.suspicions(residences=managed).filter(uid=uid).first()
        if found is None:
            raise NotFound
        wish = read(shapes.ConfirmIn if self.confirms else shapes.NoteIn, request)

        def effect(now: datetime) -> Answer:
            told = {"by": user_of(request), "at": now, "note": wish["note"]}
            if self.confirms:
                operations.confirm(suspicion=found, since=wish["since"], **told)
            else:
                operations.dismiss(suspicion=found, **told)
            found.refresh_from_db()
            return 200, dict(shapes.SuspicionOut(found, context={"rooms": {}}).data)

        return once(request, effect)

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
