"""A night with all its steps, beside hand-written SQL that writes the same rows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import pairwise
from unittest.mock import patch

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from benchmarks.measuring import Cost, cost, middle, told
from benchmarks.night import by_hand
from benchmarks.night.campus import STARTS, a_campus
from campus import clock
from campus.nights import operations as nights
from campus.places.models import Campus

BEFORE = 8  # nights that are closed before one is measured: a week has a place for every room
TAKING = "meters.empty_inbox"
BY_HAND, NIGHT, AGAIN = "hand-written SQL", "the night, files taken in", "closed again"
PLAN = tuple(settings.NIGHT_PLAN)
Costs = Mapping[str, Sequence[Cost]]
Rows = Mapping[str, int]


def report(*, sizes: Sequence[int], rounds: int) -> None:
    """Print for each size the night, its ratio to the yardstick, and the share of each step."""
    processor = []
    for rooms in sizes:
        campus = a_campus(rooms=rooms, nights=BEFORE + rounds)
        costs = _measured(campus, rounds=rounds)
        print(f"{rooms:,} rooms of two on {connection.vendor}, medians of {rounds}")
        for name in (BY_HAND, NIGHT, AGAIN):
            print(told(name, costs[name], costs[BY_HAND]))
        _print_shares(costs)
        processor.append(sum(middle(costs[name]).cpu for name in PLAN))
    for (few, less), (many, more) in pairwise(zip(sizes, processor, strict=True)):
        print(f"  {many / few:.1f} x the rooms cost {more / less:.1f} x the processor")


def _rows(day: date) -> Rows:
    """Table -> how many rows a day has."""
    with connection.cursor() as cursor:
        return {table: _counted(cursor, table, day) for table in by_hand.TABLES}


def _assert_alike(product: Rows, hand: Rows) -> None:
    """The yardstick writes what the product writes, but for days that it judges again."""
    for table, rows in hand.items():
        assert 0.9 * rows <= product[table] <= 1.1 * rows, (table, product[table], rows)


def _counted(cursor: CursorWrapper, table: str, day: date) -> int:
    cursor.execute(f"SELECT count(*) FROM {table} WHERE {by_hand.TABLES[table]}", [day.isoformat()])
    return int(cursor.fetchone()[0])


def _print_shares(costs: Costs) -> None:
    steps = {name: middle(costs[name]).cpu for name in PLAN}
    whole = sum(steps.values())
    print(f"  {'all steps':<28} {whole:8.3f} s cpu")
    for name, cpu in sorted(steps.items(), key=lambda step: -step[1]):
        print(f"    {name:<26} {cpu:8.3f} s cpu  {cpu / whole:5.1%}")


def _measured(campus: Campus, *, rounds: int) -> Costs:
    """Costs of each step and of the yardstick, night after night."""
    costs: dict[str, list[Cost]] = defaultdict(list)
    for turn in range(BEFORE + rounds):
        for name, each in _night(campus, STARTS + timedelta(days=turn), measured=turn >= BEFORE):
            costs[name].append(each)
    return costs


def _night(campus: Campus, day: date, *, measured: bool) -> list[tuple[str, Cost]]:
    at = clock.day_starts(day + timedelta(days=1), zone=campus.zone) + timedelta(hours=6)
    with patch("campus.clock.now", return_value=at):
        if not measured:
            _close(campus, day, at, PLAN)
            _analyse()
            return []
        return _side_by_side(campus, day, at)


def _side_by_side(campus: Campus, day: date, at: datetime) -> list[tuple[str, Cost]]:
    """The files are taken in; the rest is done by hand and undone, then by the night's steps."""
    costs = {TAKING: cost(lambda: _close(campus, day, at, PLAN[:1]))}
    hand = cost(lambda: _undone(campus, day, at))
    expected = _undone(campus, day, at)
    for place, name in enumerate(PLAN[1:], start=2):
        costs[name] = cost(lambda place=place: _close(campus, day, at, PLAN[:place]))
    steps = [each for name, each in costs.items() if name != TAKING]
    night = Cost(sum(each.wall for each in steps), sum(each.cpu for each in steps))
    again = cost(lambda: nights.close(campus=campus, day=day, at=at))
    _assert_alike(_rows(day), expected)
    return [*costs.items(), (BY_HAND, hand), (NIGHT, night), (AGAIN, again)]


def _close(campus: Campus, day: date, at: datetime, plan: Sequence[str]) -> None:
    """Close a day as far as the plan goes; what was done of it is passed over."""
    with patch.object(settings, "NIGHT_PLAN", list(plan)):
        nights.close(campus=campus, day=day, at=at)


class _Undo(Exception):
    """What was done by hand is not kept."""


def _undone(campus: Campus, day: date, at: datetime) -> Rows:
    """Do it by hand, count the rows, and undo it."""
    rows: Rows = {}
    with suppress(_Undo), transaction.atomic():
        by_hand.close(campus=campus, day=day, at=at)
        rows = _rows(day)
        raise _Undo
    return rows


def _analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
