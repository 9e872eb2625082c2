"""The canonical form of a transfer: every field counts, and it never changes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest

from points.ledger.encoding import NOTHING, Line, digest, encoded, stretch

LINE = Line(
    id=1,
    txn=UUID("01890000-0000-7000-8000-000000000000"),
    kind="SAVING",
    actor=None,
    reason="걸었다",
    night_run=7,
    request_id="",
    debit=1,
    debit_holder=1,
    debit_kind="ISSUER",
    credit=2,
    credit_holder=5,
    credit_kind="WALLET",
    asset="CP",
    amount=100,
    code="SAVING",
    source_kind="AWARD",
    source_id="9",
    revision=1,
    leg=0,
    reverses=None,
    effective_on=date(2026, 3, 9),
    posted_at=datetime(2026, 3, 10, 3, tzinfo=UTC),
    wallet=2,
    wallet_version=1,
    wallet_balance=100,
    lots=(),
)
OTHER = {
    "txn": UUID("01890000-0000-7000-8000-000000000001"),
    "effective_on": date(2026, 3, 8),
    "posted_at": datetime(2026, 3, 10, 3, 0, 0, 1, tzinfo=UTC),
    "lots": ((date(2027, 3, 31), 1),),
}


def other(name: str) -> Line:
    """The line with one field changed."""
    old = getattr(LINE, name)
    new = OTHER.get(name, 99 if not isinstance(old, str) else f"{old}x")
    return replace(LINE, **{name: new})


def test_the_form_stays_as_it_was_when_the_first_book_was_sealed() -> None:
    assert encoded(LINE).decode() == (
        '[1,"01890000-0000-7000-8000-000000000000","SAVING",null,"걸었다",7,"",'
        '1,1,"ISSUER",2,5,"WALLET","CP",100,"SAVING","AWARD","9",1,0,null,'
        '"2026-03-09","2026-03-10T03:00:00.000000+00:00",2,1,100,[]]\n'
    )


@pytest.mark.parametrize("name", Line.__dataclass_fields__)
def test_every_field_changes_the_hash(name: str) -> None:
    whole = stretch([LINE], previous=NOTHING)
    assert whole is not None
    changed = stretch([other(name)], previous=NOTHING)
    assert changed is not None
    assert whole.hash != changed.hash


def test_an_instant_is_the_same_in_every_zone() -> None:
    seoul = LINE.posted_at.astimezone(timezone(timedelta(hours=9)))
    assert encoded(replace(LINE, posted_at=seoul)) == encoded(LINE)


def test_a_stretch_is_chained_to_the_one_before() -> None:
    one, two = (stretch([LINE], previous=before) for before in (NOTHING, "1" * 64))
    assert one is not None
    assert two is not None
    assert one.hash != two.hash


def test_a_stretch_counts_what_it_covers() -> None:
    told = stretch([LINE, replace(LINE, id=4, amount=5)], previous=NOTHING)
    assert told is not None
    assert (told.first_id, told.last_id, told.rows, told.total) == (1, 4, 2, 105)


def test_order_matters_to_a_stretch_and_not_to_the_digest() -> None:
    later = replace(LINE, id=2, amount=5)
    there, back = (stretch(lines, previous=NOTHING) for lines in ([LINE, later], [later, LINE]))
    assert there is not None
    assert back is not None
    assert there.hash != back.hash
    assert digest([LINE, later]) == digest([later, LINE])


def test_nothing_makes_no_stretch() -> None:
    assert stretch([], previous=NOTHING) is None
