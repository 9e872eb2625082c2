"""Profiles of sources, saved so that a question is answered once."""

from collections.abc import Mapping
from datetime import datetime

from campus.people.models import User
from campus.places.models import Campus
from meters.readings import profile
from meters.readings.models import SourceProfile

LONGEST_NAME = 80


def save_profile(
    *, campus: Campus, name: str, document: Mapping[str, object], by: User, at: datetime
) -> SourceProfile:
    """
    Keep how the files of a source are read; a profile of that name is replaced.

    :raises ProfileWrong: the document is no profile
    """
    profile.of(dict(document))
    saved, _new = SourceProfile.objects.update_or_create(
        campus=campus,
        name=name[:LONGEST_NAME],
        defaults={"document": dict(document), "changed_at": at, "changed_by": by},
    )
    return saved
