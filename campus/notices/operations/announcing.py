"""What a manager says to everybody in a house, and may take back."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from campus.notices import queries
from campus.notices.models import Announcement, Notice
from campus.notices.operations.telling import tell
from campus.people.models import User
from campus.places.models import Residence

KIND = "ANNOUNCEMENT"


@transaction.atomic
def announce(
    *,
    residence: Residence,
    title: Mapping[str, str],
    text: Mapping[str, str],
    by: User,
    at: datetime,
) -> Announcement:
    """
    Tell those who live in a residence today, except who wants no announcements.

    :param title: language -> words, as `text`; a reader of another language sees one that is there
    """
    said = Announcement.objects.create(
        residence=residence, title=dict(title), text=dict(text), by=by, told_at=at
    )
    day = at.astimezone(residence.campus.zone).date()
    said.people = tell(
        campus=residence.campus,
        kind=KIND,
        to=queries.residents(residence=residence, day=day),
        key=_key(said),
        params={"title": said.title, "text": said.text},
        at=at,
    )
    said.save(update_fields=["people"])
    return said


@transaction.atomic
def withdraw(*, announcement: Announcement, by: User, at: datetime) -> Announcement:
    """Take the words back from everybody who was told; doing it again changes nothing."""
    said = Announcement.objects.select_for_update(of=("self",)).get(pk=announcement.pk)
    if said.withdrawn_at is None:
        Notice.objects.filter(
            campus=said.residence.campus, told_at=said.told_at, key=_key(said)
        ).delete()
        said.withdrawn_by, said.withdrawn_at = by, at
        said.save(update_fields=["withdrawn_by", "withdrawn_at"])
    return said


def _key(said: Announcement) -> str:
    return f"announcement {said.uid}"
