"""
Cells that hold a day, an hour or an instant, as the campus's clock tells them. Pure.

Written year first, so that nothing has to be guessed; an offset is taken at its word, without one
the campus's own time is meant. Each cell text is understood once and remembered: a file repeats
its stamps for every meter.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from campus import clock
from meters.readings.refusals import RowRefused, shown

_DATE = r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})"
_DAY = re.compile(_DATE + r"(?:[ T]0{1,2}:00(?::00)?)?")
_STAMP = re.compile(
    _DATE + r"[ T]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.0{1,6})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
FIRST_YEAR, LAST_YEAR = 1990, 2200


@dataclass(frozen=True, slots=True)
class Stamp:
    """
    What a cell says of time.

    `at` is a day's ordinal or an instant in Unix seconds; `days` are the ordinals of the local
    days it has a part in (the midnight between two days serves both); `over` is the Unix second
    at which what it tells of had ended; `twice` marks a local hour that happened twice.
    """

    at: int
    days: tuple[int, ...]
    over: int
    twice: bool = False


@lru_cache(maxsize=50_000)
def day(text: str, zone: ZoneInfo) -> Stamp:
    """
    A local calendar day.

    :raises RowRefused: bad_date
    """
    found = _DAY.fullmatch(text)
    if not found:
        raise RowRefused("bad_date", value=shown(text))
    told = _date(text, found)
    return Stamp(told.toordinal(), (told.toordinal(),), _seconds(_midnight_after(told, zone)))


@lru_cache(maxsize=50_000)
def hour(text: str, zone: ZoneInfo) -> Stamp:
    """
    The hour that starts at a stamp.

    :raises RowRefused: bad_date, bad_time, not_on_the_hour, no_such_hour
    """
    local, offset_told = _local(text, zone)
    if local.minute or local.second:
        raise RowRefused("not_on_the_hour", value=shown(text))
    at = _seconds(local)
    twice = not offset_told and local.utcoffset() != local.replace(fold=1).utcoffset()
    return Stamp(at, (local.toordinal(),), at + 3600, twice)


@lru_cache(maxsize=50_000)
def instant(text: str, zone: ZoneInfo) -> Stamp:
    """
    The instant at which a register was read; its days are those it opens, holds or ends.

    :raises RowRefused: bad_date, bad_time, no_such_hour
    """
    local, _offset_told = _local(text, zone)
    at, today = _seconds(local), local.toordinal()
    opens = at == _seconds(clock.day_starts(local.date(), zone=zone))
    return Stamp(at, (today - 1, today) if opens else (today,), at)


def _date(text: str, found: re.Match[str]) -> date:
    year, month, day_ = (int(part) for part in found.groups()[:3])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RowRefused("bad_date", value=shown(text))
    try:
        return date(year, month, day_)
    except ValueError:
        raise RowRefused("bad_date", value=shown(text)) from None


def _local(text: str, zone: ZoneInfo) -> tuple[datetime, bool]:
    """The stamp in the campus's time, and whether the cell told its offset."""
    found = _STAMP.fullmatch(text)
    if not found:
        raise RowRefused("bad_time", value=shown(text))
    hours, minutes, seconds, offset = found.groups()[3:]
    try:
        of_day = time(int(hours), int(minutes), int(seconds or 0))
    except ValueError:
        raise RowRefused("bad_time", value=shown(text)) from None
    naive = datetime.combine(_date(text, found), of_day)
    if offset:
        return naive.replace(tzinfo=_offset(text, offset)).astimezone(zone), True
    return _existing(text, naive.replace(tzinfo=zone)), False


def _offset(text: str, offset: str) -> timezone:
    if offset == "Z":
        return UTC
    minutes = int(offset[1:3]) * 60 + int(offset[-2:])
    if minutes > 14 * 60:
        raise RowRefused("bad_time", value=shown(text))
    return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))


def _existing(text: str, local: datetime) -> datetime:
    """The same, unless clocks were put forward over it."""
    there_and_back = local.astimezone(UTC).astimezone(local.tzinfo)
    if there_and_back.replace(tzinfo=None) != local.replace(tzinfo=None):
        raise RowRefused("no_such_hour", value=shown(text))
    return local


def _midnight_after(told: date, zone: ZoneInfo) -> datetime:
    return clock.day_starts(told + timedelta(days=1), zone=zone)


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
