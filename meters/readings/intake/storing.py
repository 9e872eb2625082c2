"""Reading what is stored, and writing what a part of a file adds to it, set by set."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation

import numpy as np
from django.db.models import Max, Min, Q, QuerySet

from campus import bulk, bulk_columns
from meters.readings.intake.directory import Directory
from meters.readings.intake.many_days import ManyDays
from meters.readings.intake.registers import Moment, Readings
from meters.readings.intake.weighed import (
    DayState,
    DayTold,
    Finding,
    ReadingTold,
    Stored,
    Weighed,
)
from meters.readings.models import (
    Delivery,
    Issue,
    MeterDay,
    RegisterReading,
    ShownBalance,
    Status,
)
from meters.readings.row import Remark, Row

_AT_ONCE = 5000
_DAY_COLUMNS = (
    "channel", "day", "revision", "wh", "status", "interval_minutes", "intervals", "quality",
    "delivery_id", "line",
)  # fmt: skip
_READING_COLUMNS = ("channel", "read_at", "revision", "wh", "event", "delivery", "line")
_BALANCE_COLUMNS = ("channel", "read_at", "shown", "in_kwh", "delivery", "line")
_EVENTS = ("", "FINAL", "INITIAL", "RESET")  # by the number of row.Event


def stored_days(*, channels: Sequence[int], first: int, last: int) -> Stored:
    """The newest revision of each day of some channels, day ordinals `first` to `last`."""
    return {
        (channel, day.toordinal()): DayState(revision, wh, status, minutes, hours, quality)
        for some in _portions(channels)
        for channel, day, revision, wh, status, minutes, hours, quality in MeterDay.objects.filter(
            channel_id__in=some,
            day__gte=date.fromordinal(first),
            day__lte=date.fromordinal(last),
        )
        .order_by("revision")
        .values_list(*_DAY_COLUMNS[:8])
        .iterator()
    }


def stored_readings(*, channels: Sequence[int], first: int, last: int) -> Readings:
    """
    The newest telling of each register of some channels, Unix seconds `first` to `last`, and of
    the nearest reading before and after: days in between may follow from them.
    """
    found: dict[Moment, tuple[int, int]] = {}
    for some in _portions(channels):
        rows = RegisterReading.objects.filter(channel_id__in=some)
        begin, end = _instant(first), _instant(last)
        near = Q(read_at__gte=begin, read_at__lte=end)
        found |= _readings(rows.filter(near))
        before = rows.filter(read_at__lt=begin).values("channel_id").annotate(at=Max("read_at"))
        after = rows.filter(read_at__gt=end).values("channel_id").annotate(at=Min("read_at"))
        for nearest in (before, after):
            at = dict(nearest.values_list("channel_id", "at"))
            if at:
                moments = rows.filter(channel_id__in=at, read_at__in=set(at.values()))
                found |= {
                    moment: told
                    for moment, told in _readings(moments).items()
                    if at[moment[0]] == _instant(moment[1])
                }
    return found


def _readings(rows: QuerySet[RegisterReading]) -> dict[Moment, tuple[int, int]]:
    values = rows.order_by("revision").values_list(
        "channel_id", "read_at", "event", "revision", "wh"
    )
    return {
        (channel, int(read_at.timestamp()), _EVENTS.index(event)): (revision, wh)
        for channel, read_at, event, revision, wh in values.iterator()
    }


def write_days(*, delivery: Delivery, days: Sequence[DayTold]) -> None:
    """Each as the revision after the one it follows."""
    rows = (
        (
            told.channel,
            date.fromordinal(told.day),
            told.state.revision + 1,
            *told.state[1:],
            delivery.pk,
            told.line,
        )
        for told in days
    )
    bulk.insert(model=MeterDay, columns=_DAY_COLUMNS, rows=rows)


def write_many_days(*, delivery: Delivery, many: Sequence[ManyDays]) -> None:
    """The same for days that are columns."""
    for status, has_total, days in (alike for some in many for alike in some.alike()):
        bulk_columns.insert(
            model=MeterDay,
            count=len(days),
            columns={
                "channel": days.channel,
                "day": days.day,
                "revision": days.revision + 1,
                "wh": days.total if has_total else None,
                "status": status,
                "interval_minutes": days.minutes,
                "intervals": days.wh.astype("<i4").view(np.uint8),
                "quality": days.quality,
                "delivery_id": delivery.pk,
                "line": days.line,
            },
        )


def write_readings(*, delivery: Delivery, readings: Sequence[ReadingTold]) -> None:
    """What registers showed, beside the days that follow from it."""
    rows = (
        (
            told.channel,
            _instant(told.at),
            told.revision,
            told.wh,
            _EVENTS[told.event],
            delivery.pk,
            told.line,
        )
        for told in readings
    )
    bulk.insert(model=RegisterReading, columns=_READING_COLUMNS, rows=rows)


def write_balances(*, delivery: Delivery, balances: Sequence[tuple[int, Row]]) -> None:
    """What prepaid systems said is left; what is no number is left out, its reading stands."""
    rows = (
        (channel, _instant(row.at), shown, row.balance.endswith("kWh"), delivery.pk, row.line)
        for channel, row in balances
        if (shown := _number(row.balance)) is not None
    )
    bulk.insert(model=ShownBalance, columns=_BALANCE_COLUMNS, rows=rows)


def write_remarks(*, delivery: Delivery, remarks: Sequence[Remark]) -> None:
    """What a file says besides its rows."""
    Issue.objects.bulk_create(
        Issue(
            campus_id=delivery.campus_id,
            code=remark.code,
            facts=remark.facts,
            delivery=delivery,
            line=remark.line,
            found_at=delivery.received_at,
            settled_at=delivery.received_at,
        )
        for remark in remarks
    )


def _number(text: str) -> Decimal | None:
    plain = re.sub(r"[^0-9.\-]", "", text)
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return value if abs(value) < 10**10 else None


def write_findings(*, delivery: Delivery, part: Weighed, meters: Directory) -> None:
    """
    Store doubts, renew the figures of those that stand, and settle those that new data answered.

    A day has one open issue of a kind: an hourly feed that completes a day hour by hour renews it.
    """
    at = delivery.received_at
    waiting = _waiting(part, meters)
    if waiting:
        answered = [issue.pk for issue in _answered(part, meters, waiting)]
        Issue.objects.filter(pk__in=answered).update(settled_at=at)
    fresh = []
    for finding in part.findings:
        issue = waiting.get(_place(finding.channel, finding.day, meters), {}).get(finding.code)
        if issue is None:
            fresh.append(_issue(finding, delivery, meters))
        elif issue.facts != finding.facts:
            issue.facts = finding.facts
            issue.save(update_fields=["facts"])
    Issue.objects.bulk_create(fresh, batch_size=500)


Place = tuple[int, date]  # meter id, day
Waiting = Mapping[Place, Mapping[str, Issue]]


def _waiting(part: Weighed, meters: Directory) -> Waiting:
    """(meter, day) -> code -> the issue that is open."""
    channels, first, last = part.extent()
    ids = sorted({meters.by_channel[channel].meter_id for channel in channels})
    found: dict[Place, dict[str, Issue]] = {}
    for some in _portions(ids):
        for issue in Issue.objects.filter(
            meter_id__in=some,
            settled_at=None,
            day__gte=date.fromordinal(first),
            day__lte=date.fromordinal(last),
        ):
            if issue.meter_id and issue.day:
                found.setdefault((issue.meter_id, issue.day), {})[issue.code] = issue
    return found


def _answered(part: Weighed, meters: Directory, waiting: Waiting) -> Iterator[Issue]:
    sure = {(told.channel, told.day) for told in part.days if told.state.status == Status.ACTUAL}
    for days in part.many:
        sure |= days.actual()
    for channel, day in sure:
        yield from waiting.get(_place(channel, day, meters), {}).values()


def _place(channel: int, day: int, meters: Directory) -> Place:
    return meters.by_channel[channel].meter_id, date.fromordinal(day)


def _issue(finding: Finding, delivery: Delivery, meters: Directory) -> Issue:
    return Issue(
        campus_id=delivery.campus_id,
        meter_id=meters.by_channel[finding.channel].meter_id,
        day=date.fromordinal(finding.day),
        code=finding.code,
        facts=finding.facts,
        delivery=delivery,
        line=finding.line,
        found_at=delivery.received_at,
        settled_at=delivery.received_at if finding.settled else None,
    )


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(ids), _AT_ONCE):
        yield ids[first : first + _AT_ONCE]


def _instant(seconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
