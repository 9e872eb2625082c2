"""
Hours in which a coupon cannot be used: windows of a week in the café's local time. Pure.

Stored as `{"days": [1, 5], "from": "11:30", "to": "13:00"}`; 1 is Monday. A window that ends
before it starts passes midnight and belongs to the day on which it begins; "24:00" ends a day.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeGuard

from django.utils.translation import gettext_lazy as _

from campus.errors import CampusError

_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])|24:00")
_DAY = 24 * 60
_WEEK = range(1, 8)
_A_MONDAY = datetime(2024, 1, 1)  # noqa: DTZ001 -- as a wall clock shows it
_LONGEST = timedelta(days=8)

Stored = Sequence[Mapping[str, object]]


class BlackoutRefused(CampusError):
    """Hours that cannot be read, or that leave no time to use a coupon. Facts: where."""

    code, status = "blackout_refused", 422
    detail = _("These hours cannot be read or leave no time to use a coupon: %(where)s")


@dataclass(frozen=True, slots=True)
class Window:
    """Minutes [starts, ends) from local midnight of each of its days; `ends` may pass 24:00."""

    days: frozenset[int]
    starts: int
    ends: int

    def covers(self, local: datetime) -> int | None:
        """Minutes from a local moment to the end of the window, if it is within."""
        for ago in (0, 1):
            minute = ago * _DAY + local.hour * 60 + local.minute
            begun_on = (local - timedelta(days=ago)).isoweekday()
            if begun_on in self.days and self.starts <= minute < self.ends:
                return self.ends - minute
        return None


def read(stored: Stored) -> tuple[Window, ...]:
    """
    Windows from their stored form.

    :raises BlackoutRefused: if one cannot be read, or if together they cover the whole week
    """
    windows = tuple(_window(row) for row in stored)
    if windows and until(windows, local=_A_MONDAY) == _A_MONDAY + _LONGEST:
        raise BlackoutRefused(where="0:00-24:00")
    return windows


def _window(row: Mapping[str, object]) -> Window:
    days, starts, ends = row.get("days"), _minutes(row.get("from")), _minutes(row.get("to"))
    if not _are_days(days) or set(row) != {"days", "from", "to"} or starts is None or ends is None:
        raise BlackoutRefused(where=str(row)[:80])
    if starts in (ends, _DAY):
        raise BlackoutRefused(where=str(row)[:80])
    return Window(frozenset(days), starts, ends if ends > starts else ends + _DAY)


def _are_days(days: object) -> TypeGuard[list[int]]:
    return isinstance(days, list) and bool(days) and all(day in _WEEK for day in days)


def _minutes(text: object) -> int | None:
    if not isinstance(text, str) or not _TIME.fullmatch(text):
        return None
    hours, _colon, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)


def until(windows: Sequence[Window], *, local: datetime) -> datetime | None:
    """
    When a coupon can be used again, if it cannot at a local moment (naive); None if it can.

    Windows that follow one another without a gap count as one.
    """
    moment = local.replace(second=0, microsecond=0)
    free = moment
    while free < moment + _LONGEST:
        waits = [minutes for window in windows if (minutes := window.covers(free)) is not None]
        if not waits:
            return None if free == moment else free
        free += timedelta(minutes=max(waits))
    return moment + _LONGEST
