"""What a student sees of offers and coupons, and buys."""

import base64
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.nights.idempotency import Answer, answer_once
from campus.people import asker
from campus.people.asker import Student
from points.coupons import codes, operations, queries
from points.coupons.api.shapes.student import (
    CouponDetailOut,
    CouponOut,
    GiftIn,
    GivenOut,
    OfferOut,
    RoomMateOut,
    SecretOut,
)
from points.coupons.keys import keyring
from points.coupons.models import Coupon
from points.coupons.refusals import CannotBeShown


class OffersView(APIView):
    """What can be bought on the asker's campus now."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="offers", responses=OfferOut(many=True))
    def get(self, request: Request) -> Response:
        me, at = asker.student(request), clock.now()
        rows = queries.on_sale(campus=me.campus, holder=me.holder, at=at)
        return Response(OfferOut(rows, many=True, context={"at": at}).data)


class BuyView(APIView):
    """Buy one coupon of an offer. Needs an Idempotency-Key."""

    permission_classes = (asker.IsStudent,)
    throttle_scope = "buy"

    @extend_schema(operation_id="offer_buy", request=None, responses={201: CouponOut})
    def post(self, request: Request, uid: UUID) -> Response:
        me, at = asker.student(request), clock.now()
        return answer_once(request=request, at=at, effect=lambda: _bought(me, uid, at))


def _bought(me: Student, uid: UUID, at: datetime) -> Answer:
    offer = queries.offer(campus=me.campus, uid=str(uid))
    coupon = operations.buy(holder=me.holder, offer=offer, at=at)
    return 201, shown(coupon, at)


class CouponsView(generics.ListAPIView[Coupon]):
    """The asker's coupons, newest first."""

    permission_classes = (asker.IsStudent,)
    serializer_class = CouponOut
    queryset = Coupon.objects.none()

    def get_queryset(self) -> QuerySet[Coupon]:
        return queries.coupons_of(holder=asker.student(self.request).holder)

    def get_serializer_context(self) -> dict[str, object]:
        return {**super().get_serializer_context(), "at": clock.now()}


class CouponView(APIView):
    """One of the asker's coupons; while it can be used, with what the phone makes codes from."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="coupon", responses=CouponDetailOut)
    def get(self, request: Request, uid: UUID) -> Response:
        me, at = asker.student(request), clock.now()
        coupon = queries.coupon_of(holder=me.holder, uid=str(uid))
        usable = coupon.state_at(at) == Coupon.State.ISSUED
        secret = _secret(coupon, at) if usable else {}
        answer = Response({**shown(coupon, at), **secret})
        answer["Cache-Control"] = "no-store"
        return answer


def _secret(coupon: Coupon, at: datetime) -> dict[str, object]:
    signer = queries.signer(coupon=coupon, keyring=keyring())
    if signer is None:
        raise CannotBeShown
    shape = {
        "secret": base64.b64encode(signer.secret).decode(),
        "kid": signer.kid,
        "generation": signer.generation,
        "handle": signer.handle,
        "step_seconds": codes.STEP_SECONDS,
        "server_time": at,
    }
    return dict(SecretOut(shape).data)


class GiveBackView(APIView):
    """Give an unused coupon back for its points. Needs an Idempotency-Key."""

    permission_classes = (asker.IsStudent,)
    throttle_scope = "buy"

    @extend_schema(operation_id="coupon_give_back", request=None, responses=CouponOut)
    def post(self, request: Request, uid: UUID) -> Response:
        me, at = asker.student(request), clock.now()
        return answer_once(request=request, at=at, effect=lambda: _given_back(me, uid, at))


def _given_back(me: Student, uid: UUID, at: datetime) -> Answer:
    coupon = queries.coupon_of(holder=me.holder, uid=str(uid))
    return 200, shown(operations.give_back(coupon=coupon, at=at), at)


class RoomMatesView(APIView):
    """Who shares the asker's room tonight and can be given the coupon."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="room_mates", responses=RoomMateOut(many=True))
    def get(self, request: Request, uid: UUID) -> Response:
        me = asker.student(request)
        queries.coupon_of(holder=me.holder, uid=str(uid))
        mates = queries.room_mates(holder=me.holder, day=me.today)
        return Response(RoomMateOut(mates, many=True).data)


class GiftView(APIView):
    """Give an unused coupon to a room-mate. Needs an Idempotency-Key."""

    permission_classes = (asker.IsStudent,)
    throttle_scope = "buy"

    @extend_schema(operation_id="coupon_gift", request=GiftIn, responses=GivenOut)
    def post(self, request: Request, uid: UUID) -> Response:
        me, at = asker.student(request), clock.now()
        wish = GiftIn(data=request.data)
        wish.is_valid(raise_exception=True)
        to = wish.validated_data["to"]
        return answer_once(request=request, at=at, effect=lambda: _given(me, uid, to, at))


def _given(me: Student, uid: UUID, to: UUID, at: datetime) -> Answer:
    coupon = queries.coupon_of(holder=me.holder, uid=str(uid))
    gift = operations.give(coupon=coupon, to=to, at=at, tonight=me.today)
    shape = {
        "uid": coupon.uid,
        "title": coupon.offer.title,
        "to": gift.receiver.profile.nickname,
        "given_at": gift.given_at,
    }
    return 200, dict(GivenOut(shape).data)


def shown(coupon: Coupon, at: datetime) -> dict[str, object]:
    """A coupon without its secret."""
    return dict(CouponOut(coupon, context={"at": at}).data)
