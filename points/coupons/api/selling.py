"""What a manager puts on sale, out of which money."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.nights.idempotency import Answer, answer_once
from campus.people import asker
from campus.people.models import User
from campus.people.queries import managed_residences
from campus.places.models import Campus
from points.coupons import operations, queries
from points.coupons.api.shapes.selling import (
    BudgetIn,
    CampaignIn,
    CampaignOut,
    ManagedBudgetOut,
    ManagedOfferOut,
    OfferChangeIn,
    OfferIn,
)
from points.earning import queries as earning
from points.earning.api import budget as known
from points.ledger import queries as ledger

WHICH = OpenApiParameter("residence", str, description="uid; the first managed one if left out")


def campuses(request: Request) -> QuerySet[Campus]:
    """Where the asker manages a residence."""
    assert isinstance(request.user, User)
    managed = managed_residences(user=request.user)
    return Campus.objects.filter(residences__in=managed).distinct()


def campus(request: Request) -> Campus:
    """The campus of the residence that the asker names, else of the first they manage."""
    return asker.residence(request, request.query_params.get("residence")).campus


class _Managed(APIView):
    permission_classes = (asker.IsManager,)
    throttle_scope = "redeem"


class CampaignsView(_Managed):
    """The campaigns of my campuses, newest first; opening one needs an Idempotency-Key."""

    @extend_schema(operation_id="campaigns", responses=CampaignOut(many=True))
    def get(self, request: Request) -> Response:
        rows = list(queries.campaigns_of(campuses=campuses(request)))
        return Response(CampaignOut(rows, many=True, context={"at": clock.now()}).data)

    @extend_schema(
        operation_id="campaign_open",
        parameters=[WHICH],
        request=CampaignIn,
        responses={201: CampaignOut},
    )
    def post(self, request: Request) -> Response:
        place, at, wish = campus(request), clock.now(), CampaignIn(data=request.data)
        wish.is_valid(raise_exception=True)

        def effect() -> Answer:
            opened = {"opens_at": at, **wish.validated_data}
            campaign = operations.open_campaign(campus=place, **opened)
            return 201, _campaign(request, str(campaign.uid), at)

        return answer_once(request=request, at=at, effect=effect)


def _campaign(request: Request, uid: str, at: datetime) -> dict[str, object]:
    campaign = queries.campaign_of(campuses=campuses(request), uid=uid)
    return dict(CampaignOut(campaign, context={"at": at}).data)


class CampaignView(_Managed):
    """Change a campaign: what is left out stays."""

    @extend_schema(operation_id="campaign_change", request=CampaignIn, responses=CampaignOut)
    def patch(self, request: Request, uid: UUID) -> Response:
        wish = CampaignIn(data=request.data, partial=True)
        wish.is_valid(raise_exception=True)
        campaign = queries.campaign_of(campuses=campuses(request), uid=str(uid))
        operations.change_campaign(campaign=campaign, **wish.validated_data)
        return Response(_campaign(request, str(uid), clock.now()))


class OffersView(_Managed):
    """Every offer of the cafés of my campuses; publishing one needs an Idempotency-Key."""

    @extend_schema(operation_id="managed_offers", responses=ManagedOfferOut(many=True))
    def get(self, request: Request) -> Response:
        rows = list(queries.managed_offers(campuses=campuses(request)))
        return Response(ManagedOfferOut(rows, many=True, context={"at": clock.now()}).data)

    @extend_schema(operation_id="offer_publish", request=OfferIn, responses={201: ManagedOfferOut})
    def post(self, request: Request) -> Response:
        wish, at = OfferIn(data=request.data), clock.now()
        wish.is_valid(raise_exception=True)
        asked = wish.validated_data
        return answer_once(request=request, at=at, effect=lambda: _published(request, asked, at))


def _published(request: Request, asked: Mapping[str, Any], at: datetime) -> Answer:
    places = campuses(request)
    fields = {"opens_at": at, **_fields(places, asked)}
    fields["cafe"] = queries.cafe_on(campuses=places, uid=str(asked["cafe"]))
    sold_out = bool(fields.pop("sold_out", False))
    offer = operations.publish_offer(at=at, **fields)
    operations.switch_sold_out(offer=offer, sold_out=sold_out, at=at)
    return 201, _offer(request, str(offer.uid), at)


def _fields(places: QuerySet[Campus], asked: Mapping[str, Any]) -> dict[str, Any]:
    """What was asked, the campaign found by its uid."""
    fields = dict(asked)
    if fields.get("campaign") is not None:
        fields["campaign"] = queries.campaign_of(campuses=places, uid=str(asked["campaign"]))
    return fields


def _offer(request: Request, uid: str, at: datetime) -> dict[str, object]:
    offer = queries.managed_offer(campuses=campuses(request), uid=uid)
    return dict(ManagedOfferOut(offer, context={"at": at}).data)


class OfferView(_Managed):
    """Change an offer: what is left out stays. Coupons already issued keep their terms."""

    @extend_schema(operation_id="offer_change", request=OfferChangeIn, responses=ManagedOfferOut)
    def patch(self, request: Request, uid: UUID) -> Response:
        wish, at, places = OfferChangeIn(data=request.data), clock.now(), campuses(request)
        wish.is_valid(raise_exception=True)
        fields = _fields(places, wish.validated_data)
        sold_out = fields.pop("sold_out", None)
        with transaction.atomic():
            offer = queries.managed_offer(campuses=places, uid=str(uid))
            offer = operations.change_offer(offer=offer, at=at, **fields)
            if sold_out is not None:
                operations.switch_sold_out(offer=offer, sold_out=sold_out, at=at)
        return Response(_offer(request, str(uid), at))


class BudgetView(_Managed):
    """Points issued against the café money set aside; a new budget needs an Idempotency-Key."""

    @extend_schema(operation_id="manage_budget", parameters=[WHICH], responses=ManagedBudgetOut)
    def get(self, request: Request) -> Response:
        return Response(_budget(campus(request), clock.now()))

    @extend_schema(
        operation_id="budget_set",
        parameters=[WHICH],
        request=BudgetIn,
        responses={201: ManagedBudgetOut},
    )
    def post(self, request: Request) -> Response:
        place, at, wish = campus(request), clock.now(), BudgetIn(data=request.data)
        wish.is_valid(raise_exception=True)

        def effect() -> Answer:
            operations.set_budget(campus=place, at=at, **wish.validated_data)
            return 201, _budget(place, at)

        return answer_once(request=request, at=at, effect=effect)


def _budget(place: Campus, at: datetime) -> dict[str, object]:
    day = at.astimezone(place.zone).date()
    now = earning.budget_on(campus=place, day=day)
    in_wallets, in_coupons = ledger.spendable(campus=place)
    shape = {
        **known.told(now),
        "money_minor": now and now.money_minor,
        "minor_per_100_cp": now and now.minor_per_100_cp,
        "currency": place.currency,
        "minor_digits": place.minor_digits,
        "in_wallets": in_wallets,
        "in_coupons": in_coupons,
        "dearest_minor_per_100_cp": queries.dearest(campus=place, day=day),
        "budgets": earning.budgets(campus=place),
    }
    return dict(ManagedBudgetOut(shape).data)
