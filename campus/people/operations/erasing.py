"""Erasing a person: every way from the books back to them is cut; the books stay as they are."""

from collections.abc import Iterator
from datetime import datetime
from importlib import import_module

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string
from uuid6 import uuid7

from campus.people.forgetting import Person
from campus.people.models import Holder, Profile, StaffRole, User


@transaction.atomic
def erase(*, user: User, at: datetime) -> int | None:
    """
    Forget a person for ever; returns the id of the holder who is nobody now, if they had one.

    Profile, sign-in, sessions, e-mail addresses and staff roles go; each room of
    `settings.ERASURE_PLAN` empties the words it keeps of them. Bills, savings, seals and every
    entry of the ledger stay: they name only the holder. Where they live stays too, without a name,
    so that room-mates are billed as before; the holder earns nothing more.
    """
    person = _person(user)
    for name in settings.ERASURE_PLAN:
        import_string(name)(person=person, at=at)
    Holder.objects.filter(profile__user=user).update(erased_at=at)
    Profile.objects.filter(user=user).delete()
    StaffRole.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    _forget_admin_log(user, person)
    _end_sessions(user)
    _remove(user)
    return person.holder_id


def _person(user: User) -> Person:
    profile = Profile.objects.filter(user=user).first()
    addresses = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    nickname = profile.nickname if profile else ""
    told = (user.username, nickname, user.email, *addresses, str(user.uid))
    return Person(
        user_id=user.pk,
        holder_id=profile.holder_id if profile else None,
        names=[name for name in dict.fromkeys(told) if name],
    )


def _forget_admin_log(user: User, person: Person) -> None:
    """What staff did to their rows is kept by a label that names them."""
    about = LogEntry.objects.filter(
        content_type__in=ContentType.objects.get_for_models(User, Profile).values()
    )
    about.filter(object_repr__in=person.names).delete()
    about.filter(content_type=ContentType.objects.get_for_model(User), object_id=user.pk).delete()


def _end_sessions(user: User) -> None:
    """Sign out everywhere: a session also says by which name its person signed in."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for key in _sessions(user):
        store(key).delete()


def _sessions(user: User) -> Iterator[str]:
    # A session is opaque to the database: only its decoded form says whose it is.
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            yield session.session_key


def _remove(user: User) -> None:
    """Delete the sign-in; what staff did at a till stands in books, so theirs becomes nobody's."""
    try:
        with transaction.atomic():
            user.delete()
    except ProtectedError:
        nobody = User(pk=user.pk, username=f"erased-{get_random_string(12)}", is_active=False)
        nobody.uid, nobody.date_joined = uuid7(), user.date_joined
        nobody.set_unusable_password()
        nobody.save(force_update=True)
