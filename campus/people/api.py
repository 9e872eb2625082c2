"""Me, my end, and what the platform says of itself before anybody signs in."""

from django.conf import settings
from django.contrib.auth import logout
from django.urls import path
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle, UserRateThrottle
from rest_framework.views import APIView

from campus import clock
from campus.api.texts import told
from campus.demo.accounts import ACCOUNTS, PASSWORD
from campus.errors import CampusError, Fault
from campus.people import operations, queries
from campus.people.models import Language, Profile, User
from campus.places.models import Campus


class DemoAccountOut(serializers.Serializer[object]):
    kind = serializers.ChoiceField(choices=["student", "manager", "till"])
    username = serializers.CharField()
    password = serializers.CharField()


class SiteOut(serializers.Serializer[object]):
    demo = serializers.BooleanField()
    demo_accounts = DemoAccountOut(many=True)
    languages = serializers.ListField(child=serializers.CharField())


class WrongPassword(CampusError):
    """What must be confirmed by password was not."""

    code, status, detail = "wrong_password", 422, _("This is not your password.")


class SiteView(APIView):
    """What the sign-in page needs to know; the demo says that it is one."""

    permission_classes = (AllowAny,)
    authentication_classes = ()

    @extend_schema(operation_id="site", responses=SiteOut)
    def get(self, request: Request) -> Response:
        demo = Campus.objects.filter(is_demo=True).exists()
        accounts = [
            {"kind": a.kind, "username": a.username, "password": PASSWORD} for a in ACCOUNTS if demo
        ]
        languages = [code for code, _name in settings.LANGUAGES]
        return Response({"demo": demo, "demo_accounts": accounts, "languages": languages})


class CampusOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    name = serializers.CharField()
    time_zone = serializers.CharField()
    currency = serializers.CharField()
    minor_digits = serializers.IntegerField()
    is_demo = serializers.BooleanField()
    close_hour = serializers.IntegerField()
    today = serializers.DateField()


class RoomOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    number = serializers.CharField()
    residence = serializers.CharField()
    bill_mode = serializers.ChoiceField(choices=["CHARGED", "PREPAID", "SHADOW"])


class RoleOut(serializers.Serializer[object]):
    kind = serializers.ChoiceField(choices=["MANAGER", "TILL", "ORGANISER"])
    place_uid = serializers.UUIDField()


class MeOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    username = serializers.CharField()
    nickname = serializers.CharField(allow_null=True)
    language = serializers.ChoiceField(choices=Language.choices, allow_null=True)
    roles = RoleOut(many=True)
    room = RoomOut(allow_null=True)
    campus = CampusOut(allow_null=True)


class MeIn(serializers.Serializer[object]):
    nickname = serializers.CharField(min_length=1, max_length=24, required=False)
    language = serializers.ChoiceField(choices=Language.choices, required=False)


class EraseIn(serializers.Serializer[object]):
    password = serializers.CharField(max_length=128, trim_whitespace=False)


class ErasureThrottle(UserRateThrottle):
    """A borrowed session must not be good for guessing the password."""

    scope, rate = "erase", "5/min"


class MeView(APIView):
    """The signed-in person: roles, tonight's room, campus."""

    body_of_delete = EraseIn

    def get_throttles(self) -> list[BaseThrottle]:
        return [ErasureThrottle()] if self.request.method == "DELETE" else super().get_throttles()

    @extend_schema(operation_id="me", responses=MeOut)
    def get(self, request: Request) -> Response:
        return Response(me(_user(request)))

    @extend_schema(operation_id="me_change", request=MeIn, responses=MeOut)
    def patch(self, request: Request) -> Response:
        wish = MeIn(data=request.data)
        wish.is_valid(raise_exception=True)
        user = _user(request)
        profile = queries.profile_of(user=user)
        if profile is not None:
            operations.change(profile=profile, **wish.validated_data)
        return Response(me(user))

    @extend_schema(operation_id="me_erase", responses={204: None})
    def delete(self, request: Request) -> Response:
        """Erase me for ever, confirmed by my password. The books keep an opaque holder."""
        wish = EraseIn(data=request.data)
        wish.is_valid(raise_exception=True)
        user = _user(request)
        if not user.check_password(wish.validated_data["password"]):
            raise WrongPassword(faults=[Fault("password", "wrong_password", WrongPassword.detail)])
        operations.erase(user=user, at=clock.now())
        logout(request._request)
        return Response(status=204)


def _user(request: Request) -> User:
    assert isinstance(request.user, User)
    return request.user


def me(user: User) -> dict[str, object]:
    """The shape of MeOut for a user."""
    profile = queries.profile_of(user=user)
    campus = profile.holder.campus if profile else queries.staff_campus(user=user)
    roles = [{"kind": r.kind, "place_uid": r.place_uid} for r in queries.roles_of(user=user)]
    return {
        "uid": user.uid,
        "username": user.username,
        "nickname": profile.nickname if profile else None,
        "language": profile.language if profile else None,
        "roles": roles,
        "room": _room(profile, campus),
        "campus": _campus(campus),
    }


def _room(profile: Profile | None, campus: Campus | None) -> dict[str, object] | None:
    if not profile or not campus:
        return None
    room = queries.room_of(holder=profile.holder, day=clock.today(zone=campus.zone))
    if room is None:
        return None
    home = room.residence
    return {
        "uid": room.uid,
        "number": room.number,
        "residence": told(home.name),
        "bill_mode": home.bill_mode,
    }


def _campus(campus: Campus | None) -> dict[str, object] | None:
    if campus is None:
        return None
    fields = ("uid", "time_zone", "currency", "minor_digits", "is_demo", "close_hour")
    plain = {name: getattr(campus, name) for name in fields}
    return {**plain, "name": told(campus.name), "today": clock.today(zone=campus.zone)}


urlpatterns = [
    path("site/", SiteView.as_view(), name="site"),
    path("me/", MeView.as_view(), name="me"),
]
