"""The clock that a Green Button feed declares: an offset, and rules for daylight saving. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo

_LAST = 7


@dataclass(frozen=True, slots=True)
class Rule:
    """When clocks change, as REQ.21 packs it into 32 bits."""

    month: int
    operator: int  # 0 that day, 1 the weekday on or after it, 2..6 the nth weekday, 7 the last
    day: int
    weekday: int  # 1 = Monday
    hour: int
    seconds: int

    def on(self, year: int) -> datetime:
        """The local time of the change in a year."""
        first = date(year, self.month, 1)
        if self.operator == _LAST:
            after = (first + timedelta(days=32)).replace(day=1)
            back = (after.weekday() - (self.weekday - 1)) % 7 or 7
            day = after - timedelta(days=back)
        elif self.operator == 0:
            day = first + timedelta(days=max(self.day, 1) - 1)
        else:
            base = first + timedelta(days=max(self.day, 1) - 1 if self.operator == 1 else 0)
            ahead = (self.weekday - 1 - base.weekday()) % 7
            weeks = 0 if self.operator == 1 else self.operator - 2
            day = base + timedelta(days=ahead + 7 * weeks)
        return datetime(day.year, day.month, day.day) + timedelta(  # noqa: DTZ001 -- local
            hours=self.hour, seconds=self.seconds
        )


def rule(text: str) -> Rule | None:
    """A packed rule; None when there is none, or it makes no sense."""
    try:
        bits = int(text or "0", 16)
    except ValueError:
        return None
    found = Rule(
        month=bits >> 28 & 0xF,
        operator=bits >> 25 & 0x7,
        day=bits >> 20 & 0x1F,
        weekday=bits >> 17 & 0x7,
        hour=bits >> 12 & 0x1F,
        seconds=bits & 0xFFF,
    )
    sensible = 1 <= found.month <= 12 and found.hour < 24 and (found.operator == 0 or found.weekday)
    return found if sensible else None


class DeclaredClock(tzinfo):
    """A zone made of an offset and two rules."""

    def __init__(self, offset: timedelta, saving: timedelta, starts: Rule, ends: Rule) -> None:
        self.offset, self.saving, self.starts, self.ends = offset, saving, starts, ends

    def utcoffset(self, at: datetime | None) -> timedelta:
        return self.offset + self.dst(at)

    def dst(self, at: datetime | None) -> timedelta:
        if at is None:
            return timedelta(0)
        naive = at.replace(tzinfo=None)
        start, end = self.starts.on(naive.year), self.ends.on(naive.year)
        if naive >= end - self.saving and naive < end and at.fold:
            return timedelta(0)
        inside = start <= naive < end if start < end else not end <= naive < start
        return self.saving if inside else timedelta(0)

    def tzname(self, at: datetime | None) -> str:
        return str(timezone(self.utcoffset(at)))

    def fromutc(self, at: datetime) -> datetime:
        standard = at + self.offset
        summer = standard + self.saving
        start = self.starts.on(standard.year).replace(tzinfo=self)
        end = self.ends.on(standard.year).replace(tzinfo=self)
        bare, start, end = standard.replace(tzinfo=None), _bare(start), _bare(end)
        ends = end - self.saving
        inside = start <= bare < ends if start < ends else not ends <= bare < start
        if inside:
            return summer
        return standard.replace(fold=1) if ends <= bare < end else standard


def _bare(at: datetime) -> datetime:
    return at.replace(tzinfo=None)


def of(told: Mapping[str, str]) -> tzinfo | None:
    """The clock of LocalTimeParameters; None when they tell none."""
    try:
        offset = timedelta(seconds=int(told.get("tzOffset", "")))
        saving = timedelta(seconds=int(told.get("dstOffset", "0") or 0))
    except (ValueError, OverflowError):
        return None
    if abs(offset) > timedelta(hours=14) or not timedelta(0) <= saving <= timedelta(hours=2):
        return None
    starts, ends = rule(told.get("dstStartRule", "")), rule(told.get("dstEndRule", ""))
    if saving and starts and ends:
        return DeclaredClock(offset, saving, starts, ends)
    return timezone(offset)
