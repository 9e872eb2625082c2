"""What a manager sees of bills: adjustments and objections that wait, balances that run low."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.api.pages import NewestFirst
from campus.api.texts import told
from campus.errors import NotFound
from campus.nights.idempotency import Answer, answer_once
from campus.people import asker
from campus.people import queries as people
from campus.people.models import User
from campus.places.models import Campus, Residence, Room
from meters.billing import explaining, operations
from meters.billing.api.shapes.bills import BalanceOut, ObjectionOut
from meters.billing.api.shapes.desk import (
    AdjustmentOut,
    AdjustmentsOut,
    AnswerIn,
    BalanceIn,
    BalancesOut,
    BillObjectionOut,
    BillObjectionsOut,
    DecisionIn,
)
from meters.billing.api.telling import told_free
from meters.billing.models import Adjustment, BillObjection
from meters.billing.queries import desk, outlook
from meters.billing.queries.bills import newest_revision

WHICH = OpenApiParameter("residence", str, description="uid; the first managed one if left out")
CURSOR = OpenApiParameter("cursor", str)


def _asked(request: Request) -> Residence:
    return asker.residence(request, request.query_params.get("residence"))


def _user(request: Request) -> User:
    assert isinstance(request.user, User)
    return request.user


def _money(campus: Campus) -> dict[str, Any]:
    return {"currency": campus.currency, "minor_digits": campus.minor_digits}


class AdjustmentsView(APIView):
    """What corrections of closed cycles change, waiting ones and decided ones, newest first."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="manage_adjustments", parameters=[WHICH, CURSOR], responses=AdjustmentsOut
    )
    def get(self, request: Request) -> Response:
        residence, pages = _asked(request), NewestFirst()
        rows = desk.adjustments_of(residence=residence)
        page = pages.paginate_queryset(rows, request, view=self) or []
        results = AdjustmentOut(_adjustments(page), many=True).data
        data = {**_money(residence.campus), "next": pages.get_next_link(), "results": results}
        return Response(data)


class DecisionView(APIView):
    """Put an adjustment on today's bill, or decline it. Needs an Idempotency-Key."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="manage_adjustment_decide", request=DecisionIn, responses=AdjustmentOut
    )
    def post(self, request: Request, uid: UUID) -> Response:
        wish, by, at = DecisionIn(data=request.data), _user(request), clock.now()
        wish.is_valid(raise_exception=True)

        def effect() -> Answer:
            waiting = desk.adjustment_of(manager=by, uid=uid)
            done = operations.decide(adjustment=waiting, by=by, at=at, **wish.validated_data)
            return 200, dict(AdjustmentOut(_adjustments([done])[0]).data)

        return answer_once(request=request, at=at, effect=effect)


def _adjustments(rows: Sequence[Adjustment]) -> list[dict[str, Any]]:
    """Adjustments as AdjustmentOut, with the nicknames of those who are not erased."""
    parts = {row.pk: list(row.parts.all()) for row in rows}
    holders = [part.holder_id for some in parts.values() for part in some if part.holder_id]
    names = people.nicknames(holders=holders)
    plain = (
        "uid", "cycle_starts_on", "cycle_ends_on", "billed", "priced", "amount", "state",
        "found_at", "decided_at", "billed_on",
    )  # fmt: skip
    return [
        {
            **{name: getattr(row, name) for name in plain},
            "room": row.room.number,
            "parts": [
                {
                    "name": names.get(part.holder_id) if part.holder_id else None,
                    "landlord": part.holder_id is None,
                    "amount": part.amount,
                }
                for part in parts[row.pk]
            ],
            "days": [
                {"day": date.fromisoformat(day), "billed_wh": billed, "known_wh": known}
                for day, billed, known in row.days
            ],
        }
        for row in rows
    ]


class BalancesView(APIView):
    """Rooms with a prepaid balance or a free quota; those that run out first are in front."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="manage_balances", parameters=[WHICH], responses=BalancesOut)
    def get(self, request: Request) -> Response:
        residence = _asked(request)
        today = clock.today(zone=residence.campus.zone)
        rows = desk.prepaid_rooms(residence=residence, today=today)
        rooms = [
            {
                "uid": row.room.uid,
                "number": row.room.number,
                "per_day_wh": row.outlook.per_day_wh,
                "balance": row.outlook.balance,
                "free": told_free(row.outlook),
            }
            for row in rows
        ]
        said = {**_money(residence.campus), "mode": residence.bill_mode, "rooms": rooms}
        return Response(BalancesOut(said).data)


class BalanceView(APIView):
    """Enter what the official system shows for a room. Needs an Idempotency-Key."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="manage_balance_enter", request=BalanceIn, responses={201: BalanceOut}
    )
    def post(self, request: Request, uid: UUID) -> Response:
        wish, by, at = BalanceIn(data=request.data), _user(request), clock.now()
        wish.is_valid(raise_exception=True)

        def effect() -> Answer:
            room = _managed_room(by, uid)
            operations.record_balance(room=room, by=by, at=at, **wish.validated_data)
            today = at.astimezone(room.residence.campus.zone).date()
            return 201, {"balance": _balance(room, today)}

        return answer_once(request=request, at=at, effect=effect)


def _balance(room: Room, today: date) -> dict[str, Any] | None:
    going = outlook(room=room, holder=None, today=today)
    return dict(BalanceOut(going.balance).data) if going and going.balance else None


def _managed_room(user: User, uid: UUID) -> Room:
    """
    A room of a residence that a user manages.

    :raises NotFound: if it is another's or does not exist
    """
    rooms = Room.objects.filter(uid=uid, residence__in=people.managed_residences(user=user))
    found = rooms.select_related("residence__campus").first()
    if found is None:
        raise NotFound
    return found


class ObjectionsView(APIView):
    """What residents said is wrong with a bill, with what it is about, newest first."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="manage_bill_objections",
        parameters=[WHICH, CURSOR],
        responses=BillObjectionsOut,
    )
    def get(self, request: Request) -> Response:
        residence, pages = _asked(request), NewestFirst()
        rows = desk.objections_of(residence=residence)
        page = pages.paginate_queryset(rows, request, view=self) or []
        results = BillObjectionOut(_objections(page), many=True).data
        data = {**_money(residence.campus), "next": pages.get_next_link(), "results": results}
        return Response(data)


class AnswerView(APIView):
    """Answer an objection, once. A correction is billed by itself. Needs an Idempotency-Key."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="manage_bill_objection_answer", request=AnswerIn, responses=BillObjectionOut
    )
    def post(self, request: Request, uid: UUID) -> Response:
        wish, by, at = AnswerIn(data=request.data), _user(request), clock.now()
        wish.is_valid(raise_exception=True)

        def effect() -> Answer:
            said = desk.objection_of(manager=by, uid=uid)
            operations.answer(objection=said, by=by, at=at, **wish.validated_data)
            said.refresh_from_db()
            return 200, dict(BillObjectionOut(_objections([said])[0]).data)

        return answer_once(request=request, at=at, effect=effect)


def _objections(rows: Sequence[BillObjection]) -> list[dict[str, Any]]:
    """Objections as BillObjectionOut."""
    names = people.nicknames(holders=[row.holder_id for row in rows])
    return [
        {
            **ObjectionOut(row).data,
            "nickname": names.get(row.holder_id),
            "room": row.charge.room.number,
            "day": row.charge.day,
            "line_label": explaining.labels_of(row.charge.tariff.document).get(row.line, ""),
            "line_amount": row.charge.lines.get(row.line),
            "wh": row.charge.wh,
            "amount": row.charge.amount,
            "revision": row.charge.revision,
            "newest_revision": newest_revision(room_id=row.charge.room_id, day=row.charge.day),
            "tariff": told(row.charge.tariff.document["name"]),
            "reading": desk.status_of(room=row.charge.room, day=row.charge.day),
        }
        for row in rows
    ]
