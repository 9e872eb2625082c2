"""A signed passbook proves itself, and nothing that was touched does."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from points.passbook import signing
from points.passbook.signing import NotSigned
from points.passbook.statement import Line, Source, Statement, Wallet

KEY, OTHER = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2))
AT = datetime(2026, 3, 10, 3, tzinfo=UTC)


def a_line(number: int, amount: int, balance: int, **links: str) -> Line:
    return Line(
        id=f"CP-{number}",
        asset="CP",
        number=number,
        effective_on=date(2026, 3, 9),
        posted_at=AT + timedelta(hours=number),
        code="SAVING",
        label="햇빛",
        amount=amount,
        balance=balance,
        source_kind="AWARD",
        source_id=str(number),
        revision=1,
        reverses=links.get("reverses"),
        corrected_by=links.get("corrected_by"),
        source=Source("words", rule="settled_saving", terms_from=date(2026, 3, 2)),
    )


def a_book(*lines: Line) -> dict[str, Any]:
    wallets = [Wallet("CP", 0, lines), Wallet("SUN", 0, ())]
    statement = Statement("North", "나무", ZoneInfo("Asia/Seoul"), None, AT.date(), AT, wallets)
    return dict(signing.passbook(statement, campus="c", holder="h"))


def a_corrected_book() -> dict[str, Any]:
    """An award, another, and the first undone."""
    return a_book(
        a_line(1, 100, 100, corrected_by="CP-3"),
        a_line(2, 30, 130),
        a_line(3, -100, 30, reverses="CP-1"),
    )


def found(book: dict[str, Any], *, key: Ed25519PrivateKey = KEY) -> list[str]:
    """The faults of a book that was signed as it is."""
    content = signing.signed(book, key=key, key_id="k1")
    return list(signing.faults(signing.read(content), key=KEY.public_key()))


@st.composite
def books(draw: st.DrawFn) -> dict[str, Any]:
    """Sound books: any movements that never overdraw."""
    lines, balance = [], 0
    for number in range(1, draw(st.integers(0, 12)) + 1):
        amount = draw(st.integers(-balance, 1000).filter(bool))
        balance += amount
        lines.append(a_line(number, amount, balance))
    return a_book(*lines)


@given(books())
def test_a_sound_book_has_no_fault(book: dict[str, Any]) -> None:
    assert found(book) == []


def test_a_correction_is_sound_where_both_entries_name_each_other() -> None:
    assert found(a_corrected_book()) == []


@given(books().filter(lambda book: book["wallets"][0]["entries"]), st.data())
def test_any_changed_byte_is_found(book: dict[str, Any], data: st.DataObject) -> None:
    content = bytearray(signing.signed(book, key=KEY, key_id="k1").rstrip())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.sampled_from([1, 2, 4, 16]))
    try:
        read = signing.read(bytes(content))
    except NotSigned:
        return
    untouched = signing.read(signing.signed(book, key=KEY, key_id="k1"))
    same = (read.book, read.signature) == (untouched.book, untouched.signature)
    assert same or list(signing.faults(read, key=KEY.public_key()))


def test_another_key_is_found() -> None:
    assert "signature" in found(a_book(a_line(1, 5, 5)), key=OTHER)[0]


@pytest.mark.parametrize(
    ("number", "change", "fault"),
    [
        (0, {"amount": 101}, "balance 100 where 101 follows"),
        (1, {"balance": 131}, "balance 131 where 130 follows"),
        (1, {"number": 5}, "entry 2 is missing or out of order"),
        (1, {"amount": -200, "balance": -100}, "balance -100"),
        (2, {"reverses": None}, "is not undone by CP-3"),
        (2, {"reverses": "CP-2"}, "does not undo CP-2"),
        (2, {"reverses": "CP-9"}, "does not undo CP-9"),
        (0, {"corrected_by": None}, "does not undo CP-1"),
    ],
)
def test_a_book_that_breaks_a_law_is_found_although_it_is_signed(
    number: int, change: dict[str, Any], fault: str
) -> None:
    book = a_corrected_book()
    book["wallets"][0]["entries"][number].update(change)
    assert any(fault in each for each in found(book))


def test_a_missing_entry_and_a_wrong_sum_are_found() -> None:
    book = a_book(a_line(1, 5, 5), a_line(2, 5, 10))
    del book["wallets"][0]["entries"][0]
    assert len(found(book)) >= 3
    wrong = a_book(a_line(1, 5, 5))
    wrong["wallets"][0]["balance"] = 6
    assert found(wrong) == ["CP: balance 6 where the entries sum to 5"]


def test_a_wallet_that_stands_twice_is_found() -> None:
    book = a_book()
    book["wallets"].append(book["wallets"][0])
    assert found(book) == ["an asset has two wallets"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"passbook": {}, "signature": {}}',
        b'{"passbook": 1, "passbook": 2, "signature": 3}',
    ],
)
def test_what_is_no_passbook_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(NotSigned):
        signing.read(content)


def test_a_broken_number_is_refused_because_readers_round_it_differently() -> None:
    content = signing.signed(a_book(a_line(1, 5, 5)), key=KEY, key_id="k1")
    with pytest.raises(NotSigned, match="broken number"):
        signing.read(content.replace(b'"amount":5', b'"amount":5.0'))


def test_a_book_without_its_parts_is_a_fault_and_not_a_crash() -> None:
    book = {"format": signing.FORMAT, "wallets": [{"asset": "CP"}]}
    assert any("not whole" in fault for fault in found(book))


def test_the_canonical_form_does_not_depend_on_the_order_of_names() -> None:
    assert signing.canonical({"b": 1, "a": "한"}) == '{"a":"한","b":1}'.encode()
    assert json.loads(signing.canonical({"a": 1})) == {"a": 1}
