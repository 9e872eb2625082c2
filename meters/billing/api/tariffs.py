"""Tariffs for a manager: versions, a document checked as it is typed, tried, and published."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.api.texts import told
from campus.nights.idempotency import Answer, answer_once
from campus.people import asker
from campus.people.models import User
from campus.places.models import Residence
from meters.billing import operations
from meters.billing.api.desk import WHICH
from meters.billing.api.shapes.desk import (
    COMING,
    NOW,
    PAST,
    CheckOut,
    DocumentIn,
    TariffsOut,
    TrialOut,
    VersionOut,
)
from meters.billing.facts import Trial
from meters.billing.models import Tariff
from meters.billing.queries import deals, desk
from meters.billing.queries.checks import publishable, samples_of
from meters.billing.queries.trials import try_tariff
from meters.billing.refusals import TariffRefused


class TariffsView(APIView):
    """The plans of a residence's campus with their versions, and a new version."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="manage_tariffs", parameters=[WHICH], responses=TariffsOut)
    def get(self, request: Request) -> Response:
        return Response(TariffsOut(_tariffs(_asked(request))).data)

    @extend_schema(
        operation_id="manage_tariff_publish",
        parameters=[WHICH],
        request=DocumentIn,
        responses={201: VersionOut},
    )
    def post(self, request: Request) -> Response:
        """Publish a version from a day on. Needs an Idempotency-Key."""
        residence, at, by = _asked(request), clock.now(), request.user
        assert isinstance(by, User)
        wish = _wish(request)
        today = at.astimezone(residence.campus.zone).date()

        def effect() -> Answer:
            plan = desk.plan_of(residence=residence, code=wish["plan"])
            row = operations.publish_tariff(
                plan=plan,
                document=wish["document"],
                valid_from=wish.get("valid_from"),
                not_before=today,
                at=at,
                by=by,
            )
            return 201, dict(VersionOut(_version(row, today)).data)

        return answer_once(request=request, at=at, effect=effect)


class CheckView(APIView):
    """What keeps a document from being published, place by place; nothing is written."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="manage_tariff_check",
        parameters=[WHICH],
        request=DocumentIn,
        responses=CheckOut,
    )
    def post(self, request: Request) -> Response:
        residence, wish = _asked(request), _wish(request)
        plan = desk.plan_of(residence=residence, code=wish["plan"])
        try:
            tariff, _version = publishable(
                plan=plan,
                document=wish["document"],
                valid_from=wish.get("valid_from"),
                not_before=clock.today(zone=residence.campus.zone),
            )
        except TariffRefused as refused:
            faults = [
                {"path": fault.where, "code": fault.code, "message": str(fault.message)}
                for fault in refused.faults
            ]
            return Response({"faults": faults, "samples": []})
        return Response({"faults": [], "samples": samples_of(tariff)})


class TryView(APIView):
    """The last cycle that was billed completely, by another tariff; nothing is written."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="manage_tariff_try",
        parameters=[WHICH],
        request=DocumentIn,
        responses=TrialOut,
    )
    def post(self, request: Request) -> Response:
        residence, wish = _asked(request), _wish(request)
        plan = desk.plan_of(residence=residence, code=wish["plan"])
        tariff, _version = publishable(
            plan=plan, document=wish["document"], valid_from=wish.get("valid_from")
        )
        today = clock.today(zone=residence.campus.zone)
        trial = try_tariff(residence=residence, tariff=tariff, today=today)
        return Response(TrialOut(_trial(trial)).data)


def _asked(request: Request) -> Residence:
    return asker.residence(request, request.query_params.get("residence"))


def _wish(request: Request) -> Mapping[str, Any]:
    wish = DocumentIn(data=request.data)
    wish.is_valid(raise_exception=True)
    found: Mapping[str, Any] = wish.validated_data
    return found


def _tariffs(residence: Residence) -> dict[str, Any]:
    campus = residence.campus
    today = clock.today(zone=campus.zone)
    deal = deals.deals_of(campus_id=campus.pk).get(residence.pk)
    version = deals.version_on(today, deal=deal) if deal else None
    return {
        "currency": campus.currency,
        "minor_digits": campus.minor_digits,
        "mode": residence.bill_mode,
        "today": today,
        "plans": [
            {
                "code": plan.code,
                "name": told(plan.name),
                "chosen": any(version and row.pk == version.key for row in plan.tariffs.all()),
                "versions": [
                    _version(row, today)
                    for row in sorted(plan.tariffs.all(), key=lambda row: row.valid_from)
                ],
            }
            for plan in desk.plans_of(residence=residence)
        ],
    }


def _version(row: Tariff, today: date) -> dict[str, Any]:
    over = row.valid_to is not None and row.valid_to <= today
    return {
        "uid": row.uid,
        "name": told(row.document["name"]),
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "state": COMING if row.valid_from > today else PAST if over else NOW,
        "document": row.document,
    }


def _trial(trial: Trial) -> dict[str, Any]:
    rooms = trial.rooms
    return {
        "starts_on": trial.starts_on,
        "ends_on": trial.ends_on,
        "before": sum(room.before for room in rooms),
        "after": sum(room.after for room in rooms),
        "winners": sum(room.after < room.before for room in rooms),
        "losers": sum(room.after > room.before for room in rooms),
        "rooms": [
            {"room": room.number, "wh": room.wh, "before": room.before, "after": room.after}
            for room in rooms
        ],
    }
