"""
Files that others lay down for us: `YYYY-MM-DD….csv` in the campus's folder of the inbox.

Workbooks, XML and JSON may lie there, too; a saved profile named `inbox` says how to read them.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from campus.places.models import Campus
from meters.readings import intake, operations
from meters.readings.models import Delivery
from meters.readings.queries import senders

_ENDINGS = "csv|txt|tsv|xlsx|xml|json"
_DAY = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}})\D.*(?:{_ENDINGS})$", re.ASCII | re.IGNORECASE)
PROFILE = "inbox"


def empty_inbox(*, campus: Campus, day: date, at: datetime) -> list[Delivery]:
    """
    Take in every file named for a day up to `day`, and revise the nights it changes.

    A file leaves the folder only when its effect is stored; one that was taken in before a crash is
    recognised by its content and adds nothing.
    """
    return [_take(path, campus=campus, at=at) for path in _due(campus, day)]


def _due(campus: Campus, day: date) -> Iterator[Path]:
    folder = settings.INBOX_DIR / campus.slug
    for path in sorted(folder.glob("*")):
        named = _DAY.match(path.name)
        if named and path.is_file() and date.fromisoformat(named[1]) <= day:
            yield path


def _take(path: Path, *, campus: Campus, at: datetime) -> Delivery:
    with path.open("rb") as stream:
        delivery = intake.take_in(
            campus=campus,
            name=path.name,
            stream=stream,
            way=Delivery.Way.FEED,
            by=None,
            at=at,
            limit_bytes=None,
            said=senders.profile_named(campus=campus, name=PROFILE),
        )
    operations.revise_nights(delivery=delivery, at=at)
    path.unlink(missing_ok=True)
    return delivery
