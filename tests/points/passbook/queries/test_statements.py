"""A statement tells every line with the balance after it and where it comes from."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from campus.people.models import Profile
from points.ledger import operations as ledger
from points.passbook import queries
from points.passbook.statement import Statement, Wallet
from tests.points.coupons import making as coupons
from tests.points.ledger.book import NOON, earn, spend
from tests.points.passbook.making import a_saver, a_settled_award

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 10)


def statement(profile: Profile, *, first: date | None = None, last: date = DAY) -> Statement:
    with translation.override("en"):
        return queries.statement_of(holder=profile.holder, first=first, last=last, at=NOON)


def cp(profile: Profile, **days: date) -> Wallet:
    return statement(profile, **days).wallets[0]


def test_the_running_balance_goes_from_the_opening_to_the_closing_one() -> None:
    saver = a_saver()
    earn(saver.holder, 100)
    spend(saver.holder, 30)
    wallet = cp(saver)
    assert (wallet.opening, wallet.closing, wallet.given, wallet.taken) == (0, 70, 100, 30)
    assert [(line.id, line.amount, line.balance) for line in wallet.lines] == [
        ("CP-1", 100, 100),
        ("CP-2", -30, 70),
    ]


def test_a_settled_saving_names_its_readings_its_rule_and_the_terms() -> None:
    saver = a_saver()
    a_settled_award(saver)
    [line] = cp(saver).lines
    assert line.source_text == (
        "Readings of 2026-03-02 to 2026-03-08: 3.250 kWh settled, 1.356 kg CO2e; "
        "7 of the room's 14 nights. "
        "Rule “Electricity saved in a period”, terms from 2026-03-02, revision 1."
    )
    assert (line.source.rule, line.source.terms_from) == ("settled_saving", date(2026, 3, 2))


def test_a_coupon_is_told_by_what_was_bought() -> None:
    saver = coupons.a_saver()
    offer = coupons.an_offer(cafe=coupons.a_cafe(campus=saver.holder.campus))
    coupons.a_coupon(offer=offer, student=saver)
    assert cp(saver).lines[-1].source_text == "Americano"


def test_a_reversal_says_what_it_takes_back() -> None:
    saver = a_saver()
    ledger.reverse(transfer=earn(saver.holder, 100), at=NOON)
    first, second = cp(saver).lines
    assert (first.corrected_by, second.reverses) == ("CP-2", "CP-1")
    assert second.source_text == "Takes back entry CP-1."


def test_days_are_local_days_of_posting() -> None:
    saver = a_saver()
    earn(saver.holder, 1, at=NOON - timedelta(days=1))
    earn(saver.holder, 2, at=NOON.replace(hour=14, minute=59))  # 23:59 in Seoul
    earn(saver.holder, 4, at=NOON.replace(hour=15))  # midnight
    wallet = cp(saver, first=DAY, last=DAY)
    assert (wallet.opening, [line.amount for line in wallet.lines]) == (1, [2])


def test_days_without_entries_open_and_close_with_what_was_held() -> None:
    saver = a_saver()
    earn(saver.holder, 7)
    later = DAY + timedelta(days=5)
    wallet = cp(saver, first=later, last=later)
    assert (wallet.opening, wallet.closing, list(wallet.lines)) == (7, 7, [])
    earlier = DAY - timedelta(days=5)
    assert cp(saver, first=earlier, last=earlier).opening == 0


def test_entries_numbered_against_their_clocks_leave_no_gap() -> None:
    saver = a_saver()
    midnight = NOON.replace(hour=15)
    for amount, minutes in ((1, -2), (2, 1), (4, -1)):
        earn(saver.holder, amount, at=midnight + timedelta(minutes=minutes))
    lines = cp(saver, first=DAY, last=DAY).lines
    assert [line.number for line in lines] == [1, 2, 3]


def test_nobody_elses_entries_are_told() -> None:
    earn(a_saver().holder, 100)
    assert cp(a_saver()).lines == []


def test_a_long_statement_asks_no_more_than_a_short_one() -> None:
    saver = a_saver()
    asked = []
    for entries in (1, 30):
        for _entry in range(entries):
            ledger.reverse(transfer=a_settled_award(saver), at=NOON)
        with CaptureQueriesContext(connection) as made:
            statement(saver)
        asked.append(len(made))
    assert asked[0] == asked[1]
