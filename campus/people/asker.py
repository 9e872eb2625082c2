"""Who is asking: the one place where a request becomes a student, a manager or a till."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from campus import clock
from campus.errors import CampusError, NotFound
from campus.people import queries
from campus.people.models import Holder, Profile, User
from campus.places.models import Campus, Residence, Room


class NoRoom(CampusError):
    """The asker lives in no room today."""

    code, status, detail = "no_room", 404, _("You do not live in a room of this campus today.")


@dataclass(frozen=True, slots=True)
class Student:
    """A person with a holder; `room` is where they live tonight, if anywhere."""

    user: User
    profile: Profile
    holder: Holder
    campus: Campus
    room: Room | None
    today: date

    def home(self) -> Room:
        """
        The room of tonight.

        :raises NoRoom: if there is none
        """
        if self.room is None:
            raise NoRoom
        return self.room


def student(request: Request) -> Student:
    """
    The person behind a request.

    :raises NotFound: if the user has no profile (staff devices, the erased)
    """
    profile = queries.profile_of(user=_user(request))
    if profile is None:
        raise NotFound
    campus = profile.holder.campus
    today = clock.today(zone=campus.zone)
    room = queries.room_of(holder=profile.holder, day=today)
    return Student(_user(request), profile, profile.holder, campus, room, today)


def residence(request: Request, uid: str | None = None) -> Residence:
    """
    The residence a manager asks about: the named one, else the first they manage.

    :raises NotFound: if they do not manage it
    """
    managed = queries.managed_residences(user=_user(request)).order_by("code")
    try:
        found = (managed.filter(uid=uid) if uid else managed).first()
    except ValidationError:  # no uid at all
        found = None
    if found is None:
        raise NotFound
    return found


def cafe(request: Request) -> Holder:
    """
    The café (as a holder) whose till is asking.

    :raises NotFound: if the user is no till
    """
    found = queries.till_cafe(user=_user(request))
    if found is None:
        raise NotFound
    return found


def _user(request: Request) -> User:
    assert isinstance(request.user, User)
    return request.user


class _Is(BasePermission):
    """Signed in, and of the kind the surface is for; everybody else gets a 404."""

    finds: Callable[[Request], object]

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not request.user.is_authenticated:
            return False
        type(self).finds(request)
        return True


class IsStudent(_Is):
    finds = staticmethod(student)


class IsManager(_Is):
    finds = staticmethod(residence)


class IsTill(_Is):
    finds = staticmethod(cafe)
