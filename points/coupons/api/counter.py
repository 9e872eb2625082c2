"""What a till does: use a coupon, take that back, look at the day, say what is sold out."""

from datetime import datetime
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
from points.coupons import operations, queries
from points.coupons.api.refusing import Scan
from points.coupons.api.shapes.counter import (
    CodeIn,
    ConflictOut,
    OfferAtOut,
    PinIn,
    RedemptionOut,
    SoldOutIn,
    TodayOut,
    UndoneOut,
)
from points.coupons.models import Redemption, Till, Undoing
from points.coupons.refusals import PinLocked, WrongPin
from points.coupons.taking_back import undo_until


def asking(request: Request) -> Till:
    """
    The registered device behind a request.

    :raises NotFound: if the user is none, or the device was retired
    """
    assert isinstance(request.user, User)
    return queries.till_of(user=request.user)


class IsTill(asker.IsTill):
    """A till of a café, whose device is registered; everybody else gets a 404."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return super().has_permission(request, view) and bool(asking(request))


class RedemptionsView(APIView):
    """Use the coupon that a scanned or typed code proves. Needs an Idempotency-Key."""

    permission_classes = (IsTill,)
    throttle_scope = "redeem"

    @extend_schema(operation_id="redeem", request=CodeIn, responses={201: RedemptionOut})
    def post(self, request: Request) -> Response:
        wish = CodeIn(data=request.data)
        wish.is_valid(raise_exception=True)
        scan = Scan(till=asking(request), at=clock.now(), **wish.validated_data)
        return scan.judged(request, lambda: _redeemed(scan))


def _redeemed(scan: Scan) -> Answer:
    redemption = operations.redeem(
        code=scan.code,
        cafe=scan.till.cafe,
        till=scan.till,
        at=scan.at,
        scanned_at=scan.scanned_at,
    )
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
        "undo_until": undo_until(redeemed_at=redemption.redeemed_at),
    }


class UndoView(APIView):
    """Take a use back within a minute, at the same till. Needs an Idempotency-Key."""

    permission_classes = (IsTill,)
    throttle_scope = "redeem"

    @extend_schema(operation_id="redemption_undo", request=None, responses=UndoneOut)
    def post(self, request: Request, uid: UUID) -> Response:
        till, at = asking(request), clock.now()
        return answer_once(request=request, at=at, effect=lambda: _undone(uid, till, at))


def _undone(uid: UUID, till: Till, at: datetime) -> Answer:
    redemption = queries.redemption_at(cafe=till.cafe, uid=str(uid))
    return 200, taken_back(operations.undo(redemption=redemption, till=till, at=at))


class VoidView(APIView):
    """Take a use back within ten minutes, at the same till, with the PIN of its staff."""

    permission_classes = (IsTill,)
    throttle_scope = "redeem"

    @extend_schema(operation_id="redemption_void", request=PinIn, responses=UndoneOut)
    def post(self, request: Request, uid: UUID) -> Response:
        till, at = asking(request), clock.now()
        wish = PinIn(data=request.data)
        wish.is_valid(raise_exception=True)
        queries.redemption_at(cafe=till.cafe, uid=str(uid))
        # Before the answer that is kept: a wrong PIN is counted, and may be followed by the right.
        _prove(till, wish.validated_data["pin"], at)
        return answer_once(
            request=request, at=at, effect=lambda: _voided(uid, till, at), unsaid=("pin",)
        )


def _prove(till: Till, pin: str, at: datetime) -> None:
    try:
        operations.prove_pin(till=till, pin=pin, at=at)
    except (WrongPin, PinLocked) as refusal:
        operations.note_refused_pin(till=till, refusal=refusal, at=at)
        raise


def _voided(uid: UUID, till: Till, at: datetime) -> Answer:
    redemption = queries.redemption_at(cafe=till.cafe, uid=str(uid))
    return 200, taken_back(operations.void(redemption=redemption, till=till, at=at))


def taken_back(undoing: Undoing) -> dict[str, object]:
    """A use that was taken back."""
    shape = {"uid": undoing.redemption.uid, "undone_at": undoing.undone_at}
    return dict(UndoneOut(shape).data)


class TodayView(APIView):
    """The café's local day, what the campus owes it, and what it has on offer."""

    permission_classes = (IsTill,)

    @extend_schema(operation_id="counter_today", responses=TodayOut)
    def get(self, request: Request) -> Response:
        till, at = asking(request), clock.now()
        shape = {**_day(till, at), "offers": queries.offers_at(cafe=till.cafe, at=at)}
        return Response(TodayOut(shape, context={"till": till.pk}).data)


def _day(till: Till, at: datetime) -> dict[str, object]:
    cafe = till.cafe
    day = at.astimezone(cafe.campus.zone).date()
    uses = queries.uses_of_day(cafe=cafe, day=day)
    stand = [use for use in uses if use.undone_at is None]
    owed = queries.owed(cafe=cafe, day=day)
    return {
        "day": day,
        "cafe": told(cafe.name),
        "count": len(stand),
        "value_minor": sum(use.value_minor for use in stand),
        "currency": cafe.campus.currency,
        "minor_digits": cafe.campus.minor_digits,
        "unpaid_minor": owed.unpaid_minor,
        "next_payment_on": owed.next_payment_on,
        "conflicts": len(queries.conflicts_of(cafe=cafe, since=at - queries.WEEK)),
        "redemptions": uses,
    }


class SoldOutView(APIView):
    """Say that an offer is sold out, or on sale again. Coupons already issued stay good."""

    permission_classes = (IsTill,)

    @extend_schema(operation_id="offer_sold_out", request=SoldOutIn, responses=OfferAtOut)
    def post(self, request: Request, uid: UUID) -> Response:
        till = asking(request)
        wish = SoldOutIn(data=request.data)
        wish.is_valid(raise_exception=True)
        offer = queries.offer_at(cafe=till.cafe, uid=str(uid))
        operations.switch_sold_out(offer=offer, at=clock.now(), **wish.validated_data)
        return Response(OfferAtOut(offer).data)


class ConflictsView(APIView):
    """Codes that the café's tills kept without a line and that were refused later."""

    permission_classes = (IsTill,)

    @extend_schema(operation_id="counter_conflicts", responses=ConflictOut(many=True))
    def get(self, request: Request) -> Response:
        since = clock.now() - queries.MONTH
        rows = queries.conflicts_of(cafe=asking(request).cafe, since=since)
        return Response(ConflictOut(rows, many=True).data)
