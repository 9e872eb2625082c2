"""The cafés of a campus for its manager: names on statements, devices, and PINs."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.nights.idempotency import Answer, answer_once
from campus.people import asker
from campus.places.models import Campus
from points.coupons import operations, queries
from points.coupons.api.selling import WHICH, campus, campuses
from points.coupons.api.shapes.cafes import (
    BuyerIn,
    CafesOut,
    DeviceIn,
    NewPinIn,
    SellerIn,
    TillOut,
)
from points.coupons.models import Cafe, Till


class _Managed(APIView):
    permission_classes = (asker.IsManager,)
    throttle_scope = "redeem"


def _cafe(request: Request, uid: UUID) -> Cafe:
    return queries.cafe_on(campuses=campuses(request), uid=str(uid))


def _till(request: Request, uid: UUID) -> Till:
    return queries.till_on(campuses=campuses(request), uid=str(uid))


def _told(place: Campus) -> Response:
    shape = {
        "cafes": queries.equipped_cafes(campus=place),
        "buyer": queries.buyer_of(campus=place),
    }
    return Response(CafesOut(shape).data)


class CafesView(_Managed):
    """The cafés of a campus with their devices, and the buyer on their statements."""

    @extend_schema(operation_id="cafes", parameters=[WHICH], responses=CafesOut)
    def get(self, request: Request) -> Response:
        return _told(campus(request))


class SellerView(_Managed):
    """Enter how a café stands on its next statements."""

    @extend_schema(operation_id="cafe_change", request=SellerIn, responses=CafesOut)
    def patch(self, request: Request, uid: UUID) -> Response:
        wish = SellerIn(data=request.data)
        wish.is_valid(raise_exception=True)
        cafe = operations.name_seller(cafe=_cafe(request, uid), **wish.validated_data)
        return _told(cafe.campus)


class BuyerView(_Managed):
    """Enter how the campus stands on the next statements, and how soon it pays."""

    @extend_schema(
        operation_id="buyer_set", parameters=[WHICH], request=BuyerIn, responses=CafesOut
    )
    def put(self, request: Request) -> Response:
        wish, place = BuyerIn(data=request.data), campus(request)
        wish.is_valid(raise_exception=True)
        operations.name_buyer(campus=place, **wish.validated_data)
        return _told(place)


class DevicesView(_Managed):
    """Register a device of a café with a sign-in of its own. Needs an Idempotency-Key."""

    @extend_schema(operation_id="till_register", request=DeviceIn, responses={201: TillOut})
    def post(self, request: Request, uid: UUID) -> Response:
        wish, at = DeviceIn(data=request.data), clock.now()
        wish.is_valid(raise_exception=True)

        def effect() -> Answer:
            cafe = _cafe(request, uid)
            till = operations.equip(cafe=cafe, at=at, **wish.validated_data)
            return 201, dict(TillOut(till).data)

        return answer_once(request=request, at=at, effect=effect, unsaid=("password",))


class NewPinView(_Managed):
    """Give a till a new PIN; tries that locked it are forgotten."""

    @extend_schema(operation_id="till_pin", request=NewPinIn, responses=TillOut)
    def post(self, request: Request, uid: UUID) -> Response:
        wish = NewPinIn(data=request.data)
        wish.is_valid(raise_exception=True)
        operations.set_pin(till=_till(request, uid), pin=wish.validated_data["pin"])
        return Response(TillOut(_till(request, uid)).data)


class RetireView(_Managed):
    """End a device, as when a tablet was lost; what it did stays."""

    @extend_schema(operation_id="till_retire", request=None, responses=TillOut)
    def post(self, request: Request, uid: UUID) -> Response:
        operations.retire_till(till=_till(request, uid), at=clock.now())
        return Response(TillOut(_till(request, uid)).data)
