"""What a till does: use a coupon, take that back, look at the day."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.api.texts import told
from campus.nights.idempotency import Answer, answer_once
from campus.people import asker
from campus.people.models import User
from campus.people.queries import nicknames
from points.coupons import codes, lockout, operations, queries
from points.coupons.api.shapes import CodeIn, RedemptionOut, TodayOut, UndoneOut
from points.coupons.models import Cafe, Redemption
from points.coupons.operations.redeeming import undo_until
from points.coupons.refusals import NotReadable


class RedemptionsView(APIView):
    """Use the coupon that a scanned or typed code proves. Needs an Idempotency-Key."""

    permission_classes = (asker.IsTill,)
    throttle_scope = "redeem"

    @extend_schema(operation_id="redeem", request=CodeIn, responses={201: RedemptionOut})
    def post(self, request: Request) -> Response:
        wish = CodeIn(data=request.data)
        wish.is_valid(raise_exception=True)
        till, at, scan = _till(request), clock.now(), wish.validated_data
        cafe = queries.cafe_of(holder=asker.cafe(request))
        effect = _guarded(till, scan["code"], lambda: _redeemed(scan, cafe, till, at))
        return answer_once(request=request, at=at, effect=effect)


def _guarded(till: User, text: str, effect: Callable[[], Answer]) -> Callable[[], Answer]:
    """Count bad typed codes of a till; a locked till is told so before anything is judged."""
    typed = not isinstance(codes.read(text), codes.Shown)

    def guarded() -> Answer:
        try:
            return effect()
        except NotReadable:
            if typed:
                lockout.count(till=till.pk)
            raise

    if typed:
        lockout.check(till=till.pk)
    return guarded


def _redeemed(scan: dict[str, Any], cafe: Cafe, till: User, at: datetime) -> Answer:
    redemption = operations.redeem(**scan, cafe=cafe, till=till, at=at)
    return 201, dict(RedemptionOut(_shape(redemption)).data)


def _shape(redemption: Redemption) -> dict[str, object]:
    coupon = redemption.coupon
    return {
        "uid": redemption.uid,
        "verdict": "ok",
        "item": told(coupon.offer.title),
        "holder": nicknames(holders=[coupon.holder_id]).get(coupon.holder_id, ""),
        "redeemed_at": redemption.redeemed_at,
        "cafe": told(redemption.cafe.name),
        "undo_until": undo_until(redemption=redemption),
    }


class UndoView(APIView):
    """Take a use back within a minute, at the same till. Needs an Idempotency-Key."""

    permission_classes = (asker.IsTill,)
    throttle_scope = "redeem"

    @extend_schema(operation_id="redemption_undo", request=None, responses=UndoneOut)
    def post(self, request: Request, uid: UUID) -> Response:
        till, at = _till(request), clock.now()
        cafe = queries.cafe_of(holder=asker.cafe(request))
        return answer_once(request=request, at=at, effect=lambda: _undone(uid, cafe, till, at))


def _undone(uid: UUID, cafe: Cafe, till: User, at: datetime) -> Answer:
    redemption = queries.redemption_at(cafe=cafe, uid=str(uid))
    undoing = operations.undo(redemption=redemption, till=till, at=at)
    return 200, dict(UndoneOut({"uid": uid, "undone_at": undoing.undone_at}).data)


class TodayView(APIView):
    """The café's local day: what was redeemed, and what the café is owed for it."""

    permission_classes = (asker.IsTill,)

    @extend_schema(operation_id="counter_today", responses=TodayOut)
    def get(self, request: Request) -> Response:
        cafe = queries.cafe_of(holder=asker.cafe(request))
        day = clock.today(zone=cafe.campus.zone)
        uses = queries.uses_of_day(cafe=cafe, day=day)
        stand = [use for use in uses if use.undone_at is None]
        shape = {
            "day": day,
            "cafe": told(cafe.name),
            "count": len(stand),
            "value_minor": sum(use.value_minor for use in stand),
            "currency": cafe.campus.currency,
            "minor_digits": cafe.campus.minor_digits,
            "redemptions": uses,
        }
        return Response(TodayOut(shape).data)


def _till(request: Request) -> User:
    assert isinstance(request.user, User)
    return request.user
