"""Readings pushed by gateways, and the keys that managers give to them."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.nights.idempotency import answer_once
from campus.people import asker
from campus.people.models import User
from campus.places.models import Campus
from meters.readings import operations
from meters.readings.api.asking import WHICH
from meters.readings.models import Delivery, DeviceKey
from meters.readings.operations import pushing
from meters.readings.queries import senders
from meters.readings.refusals import REASONS, TooLarge
from meters.readings.shapes import DeliveryReportOut
from meters.readings.signing import Signed

MIB = 1024 * 1024


class PushedReadingIn(serializers.Serializer[object]):
    """
    One reading: what a register showed `at` an instant, or what was used from `start` to `end`.

    Exactly one of the four amounts is needed. Times without an offset are the campus's own.
    """

    meter = serializers.CharField(max_length=64, help_text="as the campus calls it")
    at = serializers.DateTimeField(required=False)
    start = serializers.DateTimeField(required=False)
    end = serializers.DateTimeField(required=False)
    register_kwh = serializers.DecimalField(max_digits=20, decimal_places=9, required=False)
    register_wh = serializers.DecimalField(max_digits=20, decimal_places=6, required=False)
    kwh = serializers.DecimalField(max_digits=20, decimal_places=9, required=False)
    wh = serializers.DecimalField(max_digits=20, decimal_places=6, required=False)
    channel = serializers.ChoiceField(choices=["import", "export"], required=False)
    quality = serializers.CharField(required=False, help_text="measured, estimated or suspect")
    event = serializers.CharField(required=False, help_text="final, initial or reset")
    balance = serializers.CharField(max_length=32, required=False)


class PushIn(serializers.Serializer[object]):
    """What a gateway pushes."""

    readings = PushedReadingIn(many=True)


class DeviceKeyOut(serializers.ModelSerializer[DeviceKey]):
    """A key of a gateway."""

    class Meta:
        model = DeviceKey
        fields: ClassVar = ["uid", "name", "issued_at", "revoked_at", "last_used_at"]


class IssuedKeyOut(DeviceKeyOut):
    """A key with what it signs by, told once: where it is issued."""

    secret = serializers.CharField(read_only=True)

    class Meta(DeviceKeyOut.Meta):
        fields: ClassVar = [*DeviceKeyOut.Meta.fields, "secret"]


class DeviceKeyIn(serializers.Serializer[object]):
    """What a key is to be called."""

    name = serializers.CharField(max_length=80)


def _header(name: str, what: str) -> OpenApiParameter:
    return OpenApiParameter(name, str, OpenApiParameter.HEADER, required=True, description=what)


SIGNED = [
    _header("X-Campus-Key", "uid of the device key"),
    _header("X-Campus-Timestamp", "Unix seconds, at most five minutes from now"),
    _header("X-Campus-Nonce", "16 to 64 letters and digits, never used before"),
    _header(
        "X-Campus-Signature",
        "hex HMAC-SHA256 with the secret over timestamp, nonce, method, path and the hex SHA-256 "
        "of the body, joined by line feeds",
    ),
]


class PushView(APIView):
    """Readings of a gateway, in a signed request; a replay is refused."""

    authentication_classes = ()
    permission_classes = ()
    throttle_scope = "push"

    @extend_schema(
        operation_id="push_readings",
        auth=[],
        parameters=SIGNED,
        request=PushIn,
        responses={201: DeliveryReportOut},
    )
    def post(self, request: Request) -> Response:
        if int(request.headers.get("Content-Length") or 0) > pushing.LARGEST_BODY:
            raise TooLarge(limit_mib=pushing.LARGEST_BODY / MIB)
        at, headers = clock.now(), request.headers
        signed = Signed(
            timestamp=headers.get("X-Campus-Timestamp", ""),
            nonce=headers.get("X-Campus-Nonce", ""),
            method=request.method or "",
            path=request.path,
            signature=headers.get("X-Campus-Signature", ""),
        )
        uid, body = headers.get("X-Campus-Key", ""), request._request.body
        delivery = pushing.take_push(uid=uid, signed=signed, body=body, at=at)
        if delivery.state == Delivery.State.REFUSED:
            raise REASONS[delivery.reason](**delivery.report[0]["facts"])
        operations.revise_nights(delivery=delivery, at=at)
        return Response(DeliveryReportOut(delivery).data, status=201)


class DeviceKeysView(APIView):
    """The keys of a campus's gateways; a manager issues another."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="device_keys", parameters=[WHICH], responses=DeviceKeyOut(many=True)
    )
    def get(self, request: Request) -> Response:
        rows = senders.device_keys(campus=_campus(request))
        return Response(DeviceKeyOut(rows, many=True).data)

    @extend_schema(
        operation_id="issue_device_key",
        parameters=[WHICH],
        request=DeviceKeyIn,
        responses={201: IssuedKeyOut},
    )
    def post(self, request: Request) -> Response:
        at, campus = clock.now(), _campus(request)
        said = DeviceKeyIn(data=request.data)
        said.is_valid(raise_exception=True)
        user = request.user
        assert isinstance(user, User)

        def issue() -> tuple[int, dict[str, object]]:
            name = said.validated_data["name"]
            key = pushing.issue_key(campus=campus, name=name, by=user, at=at)
            return 201, dict(DeviceKeyOut(key).data)

        answer = answer_once(request=request, at=at, effect=issue)
        if answer.status_code == 201:
            # Beside the answer that is kept, so that no table ever holds it.
            issued = senders.device_key(campus=campus, uid=UUID(str(answer.data["uid"])))
            answer.data = {**answer.data, "secret": pushing.secret_of(key=issued)}
        return answer


class DeviceKeyRevokeView(APIView):
    """A key nobody can push with any more."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="revoke_device_key", parameters=[WHICH], request=None, responses=DeviceKeyOut
    )
    def post(self, request: Request, uid: UUID) -> Response:
        at, campus = clock.now(), _campus(request)

        def revoke() -> tuple[int, dict[str, object]]:
            key = pushing.revoke_key(campus=campus, uid=uid, at=at)
            return 200, dict(DeviceKeyOut(key).data)

        return answer_once(request=request, at=at, effect=revoke)


def _campus(request: Request) -> Campus:
    return asker.residence(request, request.query_params.get("residence")).campus
