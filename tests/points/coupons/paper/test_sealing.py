"""The hash of a statement changes with everything that stands on it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from points.coupons.paper import Party, hash_of
from tests.points.coupons.paper.making import a_line, a_paper

PAPER = a_paper()
ONE, TWO, THREE = PAPER.lines


def test_the_hash_is_held_fast() -> None:
    # Whoever changes the canonical form makes every stored statement look forged.
    assert hash_of(PAPER) == "92e45f82874b3542ce39ab9c5dc028d2c87be7e614d5b10af71364053a42de33"


@pytest.mark.parametrize(
    "change",
    [
        {"uid": "other"},
        {"number": 3},
        {"starts_on": date(2026, 3, 2)},
        {"ends_on": date(2026, 4, 2)},
        {"seller": Party("Haetsal Co.", "123-45-67891", "1 Lake Road")},
        {"buyer": Party("South University", "987-65-43210", "")},
        {"currency": "CNY"},
        {"minor_digits": 2},
        {"pays_on": date(2026, 4, 12)},
        {"closed_at": PAPER.closed_at + timedelta(microseconds=1)},
        {"previous": "c" * 64},
        {"lines": (ONE, TWO)},
        {"lines": (TWO, ONE, THREE)},
        {"lines": (ONE, TWO, THREE, a_line(4))},
        {"lines": (replace(ONE, amount_minor=3001), TWO, THREE)},
        {"lines": (replace(ONE, title={"en": "Latte"}), TWO, THREE)},
        {"lines": (replace(ONE, use="other"), TWO, THREE)},
        {"lines": (replace(ONE, at=ONE.at + timedelta(seconds=1)), TWO, THREE)},
        {"lines": (replace(ONE, kind="VOID"), TWO, THREE)},
    ],
    ids=lambda change: str(change)[:40],
)
def test_any_change_changes_the_hash(change: dict[str, Any]) -> None:
    assert hash_of(replace(PAPER, **change)) != hash_of(PAPER)


def test_how_a_moment_is_written_does_not_matter() -> None:
    there = PAPER.closed_at.astimezone(timezone(timedelta(hours=9)))
    same = replace(PAPER, closed_at=there, zone=ZoneInfo("UTC"), hash="")
    assert there.tzinfo is not UTC
    assert hash_of(same) == hash_of(PAPER)


def test_a_line_cannot_be_hidden_in_another() -> None:
    # Two titles that join to the same text must not give the same hash.
    first = replace(PAPER, lines=(replace(ONE, title={"en": 'a","ko":"b'}),))
    second = replace(PAPER, lines=(replace(ONE, title={"en": "a", "ko": "b"}),))
    assert hash_of(first) != hash_of(second)


def test_the_sums_are_those_of_the_lines() -> None:
    assert (PAPER.amount_of(kind="USE"), PAPER.amount_of(kind="VOID")) == (6000, -3000)
    assert (PAPER.count_of(kind="USE"), PAPER.count_of(kind="VOID")) == (2, 1)
    assert PAPER.total_minor == 3000
    assert datetime(2026, 4, 1, 1, 0, tzinfo=UTC) == PAPER.closed_at
