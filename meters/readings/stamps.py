"""
Cells that hold a day, an hour or an instant, as clocks of many places write them. Pure.

Written year first nothing has to be guessed; of 3/4/2026 it is asked which is the day. An offset
is taken at its word, without one the local time is meant. Bare numbers are Unix seconds or
milliseconds, or the days that spreadsheets count. Each cell text is understood once and remembered:
a file repeats its stamps for every meter.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from unicodedata import normalize

from meters.readings.refusals import RowRefused, shown
from meters.readings.row import Twice

FIRST_YEAR, LAST_YEAR = 1990, 2200
LONGEST = 60
DAY = 86_400
ORDERS = frozenset({"ymd", "dmy", "mdy"})
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_YEAR_FIRST = re.compile(
    r"(?P<y>[0-9]{4})\s*[-/.年년]\s*(?P<m>[0-9]{1,2})\s*[-/.月월]\s*(?P<d>[0-9]{1,2})\s*[日일.]?",
    re.ASCII,
)
_COMPACT = re.compile(
    r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})(?=[0-9]{4}$|[0-9]{6}$|[T ]|$)", re.ASCII
)
_ANY_ORDER = re.compile(r"(?P<a>[0-9]{1,2})[-/.](?P<b>[0-9]{1,2})[-/.](?P<c>[0-9]{4}|[0-9]{2})\.?")
_WEEKDAY = r"(?:[A-Za-z]{3,9},? )?"
_DAY_WORD = re.compile(_WEEKDAY + r"(?P<d>[0-9]{1,2})[- ](?P<w>[A-Za-z]{3,9})[-, ]+(?P<y>[0-9]{4})")
_WORD_DAY = re.compile(_WEEKDAY + r"(?P<w>[A-Za-z]{3,9}) (?P<d>[0-9]{1,2}),? (?P<y>[0-9]{4})")
_DATES = (_YEAR_FIRST, _COMPACT, _ANY_ORDER, _DAY_WORD, _WORD_DAY)
_TIME = re.compile(
    r"[T ]?\s*(?P<half>오전|오후|上午|下午|[AaPp][Mm])?\s*"
    r"(?P<H>[0-9]{1,2})(?::|[시时時点]\s*)(?:(?P<M>[0-9]{1,2})[분分]?)?"
    r"(?::?\s*(?P<S>[0-9]{2})(?:[.,](?P<F>[0-9]{1,9}))?[초秒]?)?"
    r"\s*(?P<late>[AaPp]\.?[Mm]\.?)?\s*(?P<offset>Z|UTC|[+-][0-9]{2}:?[0-9]{2})?"
)
_COMPACT_TIME = re.compile(r"[T ]?(?P<H>[0-9]{2})(?P<M>[0-9]{2})(?P<S>[0-9]{2})?(?P<offset>Z)?")
_HOUR = re.compile(r"(?P<H>[0-9]{1,2})\s*[시时時点]?")
_MIDNIGHT = re.compile(r"[T ]0?0:00(?::00)?$")
_UNIX = re.compile(r"(1[0-9]{9})(?:[0-9]{3})?(?:\.[0-9]+)?", re.ASCII)
_SHEET_DAYS = re.compile(r"[3-7][0-9]{4}(?:\.[0-9]{1,12})?", re.ASCII)
_SHEET_BEGINS = date(1899, 12, 30)
_LATE = ("오후", "下午", "pm")
_EARLY = ("오전", "上午", "am")


@dataclass(frozen=True, slots=True)
class Written:
    """What a cell says: a date, seconds of its day (None when it tells none), perhaps an offset."""

    day: date
    seconds: int | None = None
    offset: tzinfo | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """An instant in Unix seconds, and whether its local time may mean two."""

    at: int
    twice: Twice = Twice.NO


@lru_cache(maxsize=100_000)
def written(text: str, order: str) -> Written:
    """
    A date with or without a time; 24:00 is the end of its day.

    :raises RowRefused: bad_date, bad_time
    """
    if not text.isascii():
        text = normalize("NFKC", text)
    if counted := _counted(text):
        return counted
    found, rest = _date_part(text)
    day = _day(text, found.groupdict(), order)
    return _with_time(text, day, rest)


def _counted(text: str) -> Written | None:
    """A stamp that is a number: seconds or milliseconds since 1970, or a spreadsheet's days."""
    if found := _UNIX.fullmatch(text):
        at = datetime.fromtimestamp(int(found[1]), tz=UTC)
        return Written(at.date(), at.hour * 3600 + at.minute * 60 + at.second, UTC)
    if _SHEET_DAYS.fullmatch(text):
        seconds = round(float(text) * DAY)  # their seconds are fractions of a day, never exact
        day = _SHEET_BEGINS + timedelta(days=seconds // DAY)
        return Written(day, seconds % DAY if "." in text else None)
    return None


def orders_of(text: str) -> frozenset[str] | None:
    """
    The orders of day, month and year that a cell may be in; None when that is told by the cell
    itself (a year of four digits first, or the month as a word).
    """
    found = _ANY_ORDER.match(text.strip())
    if not found or _YEAR_FIRST.match(text) or _COMPACT.match(text):
        return None
    orders = ORDERS if len(found["c"]) == 2 else ORDERS - {"ymd"}
    return frozenset(order for order in orders if _is_possible(found.groups(), order))


def _is_possible(parts: Sequence[str], order: str) -> bool:
    told = dict(zip(order, map(int, parts), strict=True))
    return 1 <= told["m"] <= 12 and 1 <= told["d"] <= 31


def joined(day: str, hour: str) -> str:
    """
    A date and a time from two cells; a bare hour 1 to 24 is the one that ends then. Workbooks write
    a date with a midnight that nobody meant.
    """
    day, bare = _MIDNIGHT.sub("", day), _HOUR.fullmatch(hour)
    if _SHEET_DAYS.fullmatch(day):
        day = written(day, "").day.isoformat()
    return f"{day} {bare['H']}:00" if bare else f"{day} {hour}"


def apart(first: str, last: str, order: str) -> int:
    """Seconds from one stamp to another as the hands of one clock show them."""
    start, end = written(first, order), written(last, order)
    days = (end.day - start.day).days
    return days * DAY + (end.seconds or 0) - (start.seconds or 0)


@lru_cache(maxsize=100_000)
def instant(text: str, order: str, zone: tzinfo, *, ends: bool = False) -> Stamp:
    """
    The instant that a cell means; a date alone is its midnight.

    :raises RowRefused: bad_date, bad_time, no_such_hour (unless it `ends` there)
    """
    told = written(text, order)
    local = datetime.combine(told.day, time()) + timedelta(seconds=told.seconds or 0)
    if told.offset:
        return Stamp(int(local.replace(tzinfo=told.offset).timestamp()))
    return _localised(text, local, zone, ends=ends)


def _localised(text: str, naive: datetime, zone: tzinfo, *, ends: bool) -> Stamp:
    first = naive.replace(tzinfo=zone)
    at = int(first.timestamp())
    if first.utcoffset() != first.replace(fold=1).utcoffset():
        if _exists(first):
            return Stamp(at, Twice.AMBIGUOUS)
        # Clocks were put forward over it. What ends where they jump ends when they jump.
        jump = _exists((naive - timedelta(seconds=1)).replace(tzinfo=zone))
        if not (ends and jump):
            raise RowRefused("no_such_hour", value=shown(text))
    after = (naive - timedelta(seconds=1)).replace(tzinfo=zone)
    if ends and after.utcoffset() != after.replace(fold=1).utcoffset() and _exists(after):
        return Stamp(at, Twice.AFTER)
    return Stamp(at)


def _exists(local: datetime) -> bool:
    there_and_back = local.astimezone(UTC).astimezone(local.tzinfo)
    return there_and_back.replace(tzinfo=None) == local.replace(tzinfo=None)


def _date_part(text: str) -> tuple[re.Match[str], str]:
    if len(text) <= LONGEST:
        for shape in _DATES:
            if found := shape.match(text):
                return found, text[found.end() :]
    raise RowRefused("bad_date", value=shown(text))


def _day(text: str, parts: dict[str, str], order: str) -> date:
    if "a" in parts:
        parts = dict(zip(order or "ymd", (parts["a"], parts["b"], parts["c"]), strict=True))
    month = _month(parts["w"]) if "w" in parts else int(parts["m"])
    year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
    try:
        if FIRST_YEAR <= year <= LAST_YEAR:
            return date(year, month, int(parts["d"]))
    except ValueError:
        pass
    raise RowRefused("bad_date", value=shown(text))


def _month(word: str) -> int:
    short = word[:3].casefold()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _with_time(text: str, day: date, rest: str) -> Written:
    if not rest.strip(" T"):
        return Written(day)
    found = _TIME.fullmatch(rest) or _COMPACT_TIME.fullmatch(rest)
    if not found:
        raise RowRefused("bad_time", value=shown(text))
    parts = found.groupdict()
    hours, minutes = _hours(parts), int(parts["M"] or 0)
    seconds = int(parts["S"] or 0)
    total = hours * 3600 + minutes * 60 + seconds
    if hours > 24 or minutes > 59 or seconds > 59 or total > DAY:
        raise RowRefused("bad_time", value=shown(text))
    return Written(day, total, _offset(text, parts["offset"]))


def _hours(parts: dict[str, str | None]) -> int:
    hours = int(parts["H"] or 0)
    half = (parts.get("half") or parts.get("late") or "").replace(".", "").casefold()
    if half and not 1 <= hours <= 12:
        return hours if hours == 0 and half in _EARLY else 99
    if half in _LATE:
        return hours % 12 + 12
    return hours % 12 if half in _EARLY else hours


def _offset(text: str, offset: str | None) -> tzinfo | None:
    if not offset:
        return None
    if offset in {"Z", "UTC"}:
        return UTC
    minutes = int(offset[1:3]) * 60 + int(offset[-2:])
    if minutes > 14 * 60:
        raise RowRefused("bad_time", value=shown(text))
    return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))
