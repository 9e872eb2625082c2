"""Reading notices, and finding whom to tell."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from campus.errors import NotFound
from campus.notices.models import Announcement, Muted, Notice, Topic
from campus.people import queries as people
from campus.people.models import Profile, StaffRole, User
from campus.places.models import Campus, Residence


def notices_of(*, user: User) -> QuerySet[Notice]:
    """Everything a person was told."""
    return Notice.objects.filter(user=user).select_related("campus")


def unread(*, user: User, at: datetime) -> int:
    """How many unread notices the bell shows; those of the night wait for the morning."""
    return Notice.objects.filter(user=user, read_at=None, rings_at__lte=at).count()


def muted_by(*, user: User) -> frozenset[str]:
    """The topics a person has switched off."""
    return frozenset(Muted.objects.filter(user=user).values_list("topic", flat=True))


def deaf_to(*, topic: Topic) -> frozenset[int]:
    """Ids of the users who have switched a topic off."""
    return frozenset(Muted.objects.filter(topic=topic).values_list("user_id", flat=True))


def users_of_holders(*, campus: Campus) -> Mapping[int, int]:
    """Holder id -> user id of everybody on a campus who is not erased."""
    rows = Profile.objects.filter(holder__campus=campus)
    return dict(rows.values_list("holder_id", "user_id"))


def managers(*, residences: Iterable[Residence]) -> list[int]:
    """User ids of those who manage one of the residences."""
    rows = StaffRole.objects.filter(
        kind=StaffRole.Kind.MANAGER, residence__in=list(residences)
    ).order_by("user_id")
    return list(rows.values_list("user_id", flat=True).distinct())


def residents(*, residence: Residence, day: date) -> list[int]:
    """User ids of those who live in a residence in the night of `day`."""
    holders = people.holders_in(residence=residence, day=day)
    rows = Profile.objects.filter(holder__in=holders).order_by("user_id")
    return list(rows.values_list("user_id", flat=True))


def announcements(*, residences: Iterable[Residence]) -> QuerySet[Announcement]:
    """What the residents of some houses were told."""
    rows = Announcement.objects.filter(residence__in=list(residences))
    return rows.select_related("by", "residence__campus")


def announcement(*, manager: User, uid: UUID) -> Announcement:
    """
    One announcement of a house the asker manages.

    :raises NotFound: if there is none
    """
    managed = people.managed_residences(user=manager)
    found = announcements(residences=managed).filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found
