"""
What refused scans and undone uses have in common when somebody tries something. Pure.

Each pattern looks at one week and speaks once per coupon mark or till and day it is about.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TILLS_OF_A_COUPON = 3
TIMES_OF_A_COUPON = 5
BAD_CODES_AN_HOUR = 20
WRONG_PINS_A_DAY = 5
VOIDS_A_DAY = 5


@dataclass(frozen=True, slots=True)
class Refused:
    """A refused scan or PIN at a till; `mark` tells rows about the same coupon."""

    at: datetime
    cafe: int
    till: int
    verdict: str
    mark: str


@dataclass(frozen=True, slots=True)
class Undone:
    """A use that a till took back with the PIN."""

    at: datetime
    cafe: int
    till: int


@dataclass(frozen=True, slots=True)
class Alert:
    """A pattern that was seen; `till` and `cafe` are ids, None when several."""

    code: str
    cafe: int | None
    till: int | None
    count: int
    first_at: datetime
    last_at: datetime


Row = TypeVar("Row", Refused, Undone)


def alerts(*, refused: Sequence[Refused], undone: Sequence[Undone]) -> list[Alert]:
    """Every pattern in rows of any order, newest first."""
    bad_codes = [row for row in refused if row.verdict in ("not_readable", "till_locked")]
    bad_pins = [row for row in refused if row.verdict in ("wrong_pin", "pin_locked")]
    found = [
        *_at_many_tills(refused),
        *_again_and_again(refused),
        *_busiest(bad_codes, "many_bad_codes", HOUR, BAD_CODES_AN_HOUR),
        *_busiest(bad_pins, "pin_guessing", DAY, WRONG_PINS_A_DAY),
        *_busiest(undone, "many_voids", DAY, VOIDS_A_DAY),
    ]
    return sorted(found, key=lambda alert: alert.last_at, reverse=True)


def _at_many_tills(refused: Sequence[Refused]) -> Iterator[Alert]:
    """The same coupon refused at several tills within a day."""
    for rows in _by(refused, lambda row: row.mark):
        if not rows[0].mark:
            continue
        for span in _spans(rows, DAY):
            if len({row.till for row in span}) >= TILLS_OF_A_COUPON:
                yield _alert("coupon_at_many_tills", span, several=True)
                break


def _again_and_again(refused: Sequence[Refused]) -> Iterator[Alert]:
    """The same coupon refused many times at one till within a day."""
    for rows in _by(refused, lambda row: (row.mark, row.till)):
        if rows[0].mark:
            yield from _busiest(rows, "coupon_again_and_again", DAY, TIMES_OF_A_COUPON)


def _busiest(rows: Sequence[Row], code: str, within: timedelta, least: int) -> Iterator[Alert]:
    """One alert for each till whose busiest stretch of time reaches `least`."""
    for own in _by(rows, lambda row: row.till):
        busiest = max(_spans(own, within), key=len)
        if len(busiest) >= least:
            yield _alert(code, busiest, several=False)


def _by(rows: Iterable[Row], key: Callable[[Row], Hashable]) -> list[list[Row]]:
    groups: dict[Hashable, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.at):
        groups[key(row)].append(row)
    return list(groups.values())


def _spans(rows: Sequence[Row], within: timedelta) -> Iterator[Sequence[Row]]:
    """For each row, the rows that follow it within a time; rows are in order."""
    last = 0
    for first, row in enumerate(rows):
        while last < len(rows) and rows[last].at < row.at + within:
            last += 1
        yield rows[first:last]


def _alert(code: str, rows: Sequence[Refused | Undone], *, several: bool) -> Alert:
    cafes = {row.cafe for row in rows}
    return Alert(
        code=code,
        cafe=rows[0].cafe if len(cafes) == 1 else None,
        till=None if several else rows[0].till,
        count=len(rows),
        first_at=rows[0].at,
        last_at=rows[-1].at,
    )
