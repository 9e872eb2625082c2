"""Statements: what was used is settled once, what is taken back later is a negative line."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, models, transaction

from points.coupons import operations, queries
from points.coupons.models import (
    Cafe,
    Coupon,
    Payment,
    Redemption,
    SettlementTerms,
    Statement,
    StatementLine,
    Till,
)
from points.coupons.refusals import (
    AlreadyPaid,
    NothingToClose,
    PartiesMissing,
    PeriodNotOver,
    StatementChanged,
)
from points.ledger import triggers
from tests.points.coupons import making as make

pytestmark = pytest.mark.django_db
AT = make.AT
APRIL = date(2026, 4, 1)
CLOSED_AT = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)  # 10:00 in Seoul


@pytest.fixture
def cafe() -> Cafe:
    return make.a_settling_cafe()


@pytest.fixture
def till(cafe: Cafe) -> Till:
    return make.a_till(cafe)


def use(till: Till, at: datetime = AT, worth: int = 3000) -> Redemption:
    """A coupon bought and used at an instant."""
    opens = at - timedelta(days=1)
    offer = make.an_offer(cafe=till.cafe, value_minor=worth, opens_at=opens)
    coupon = make.a_coupon(offer=offer, at=at)
    return operations.redeem(code=make.qr_of(coupon, at), cafe=till.cafe, till=till, at=at)


def void(use: Redemption, at: datetime) -> None:
    operations.void_by_manager(redemption=use, by=uuid4(), reason="Wrong drink", at=at)


def close(cafe: Cafe, ends_on: date = APRIL, at: datetime = CLOSED_AT) -> Statement:
    return operations.close_statement(cafe=cafe, ends_on=ends_on, at=at)


def amounts(statement: Statement) -> list[int]:
    return list(statement.lines.order_by("number").values_list("amount_minor", flat=True))


def test_a_statement_settles_what_was_used(cafe: Cafe, till: Till) -> None:
    for worth in (3000, 4500):
        use(till, worth=worth)
    statement = close(cafe)
    assert (statement.number, statement.uses, statement.voids) == (1, 2, 0)
    assert (statement.starts_on, statement.ends_on) == (date(2026, 3, 3), APRIL)
    assert (statement.uses_minor, statement.voids_minor, statement.total_minor) == (7500, 0, 7500)
    assert (statement.currency, statement.minor_digits) == ("KRW", 0)
    assert (statement.pays_on, statement.previous) == (date(2026, 4, 11), "")
    assert amounts(statement) == [3000, 4500]


def test_it_names_both_parties_as_they_were_on_that_day(cafe: Cafe, till: Till) -> None:
    use(till)
    statement = close(cafe)
    Cafe.objects.update(legal_name="Renamed Co.", tax_number="9")
    SettlementTerms.objects.update(legal_name="Renamed University")
    paper = queries.paper_of(statement=Statement.objects.get())
    assert (paper.seller.name, paper.seller.tax_number) == ("Haetsal Co.", "123-45-67890")
    assert (paper.buyer.name, paper.buyer.tax_number) == ("North University", "987-65-43210")
    assert paper.hash == statement.hash


def test_periods_follow_one_another_and_nothing_is_settled_twice(cafe: Cafe, till: Till) -> None:
    use(till)
    first = close(cafe)
    in_april = datetime(2026, 4, 20, 3, 0, tzinfo=UTC)
    use(till, in_april)
    second = close(cafe, date(2026, 5, 1), CLOSED_AT + timedelta(days=40))
    assert (second.number, second.starts_on, second.previous) == (2, APRIL, first.hash)
    assert (first.total_minor, second.total_minor) == (3000, 3000)


def test_the_local_midnight_parts_two_periods(cafe: Cafe, till: Till) -> None:
    midnight = datetime(2026, 3, 31, 15, 0, tzinfo=UTC)
    use(till, midnight - timedelta(seconds=1), worth=1000)
    use(till, midnight, worth=2000)
    assert amounts(close(cafe)) == [1000]


def test_a_use_taken_back_before_the_close_is_no_line_at_all(cafe: Cafe, till: Till) -> None:
    kept, undone = use(till), use(till)
    void(undone, AT + timedelta(days=2))
    statement = close(cafe)
    assert amounts(statement) == [3000]
    assert statement.lines.get().redemption == kept


def test_a_use_taken_back_later_is_a_negative_line_of_the_next(cafe: Cafe, till: Till) -> None:
    first_use = use(till, worth=4500)
    first = close(cafe)
    void(first_use, CLOSED_AT + timedelta(days=1))
    use(till, CLOSED_AT + timedelta(days=2), worth=1000)
    second = close(cafe, date(2026, 5, 1), CLOSED_AT + timedelta(days=40))
    assert amounts(first) == [4500]
    assert amounts(second) == [-4500, 1000]
    assert (second.uses_minor, second.voids_minor, second.total_minor) == (1000, -4500, -3500)
    assert list(second.lines.order_by("number").values_list("kind", flat=True)) == ["VOID", "USE"]


def test_the_next_use_of_a_voided_coupon_is_settled_again(cafe: Cafe, till: Till) -> None:
    first = use(till)
    void(first, AT + timedelta(hours=1))
    coupon = Coupon.objects.get()
    at = AT + timedelta(hours=2)
    operations.redeem(code=make.qr_of(coupon, at), cafe=cafe, till=till, at=at)
    assert amounts(close(cafe)) == [3000]


def test_a_scan_that_a_till_sent_after_the_close_is_settled_in_the_next(
    cafe: Cafe, till: Till
) -> None:
    use(till)
    coupon = make.a_coupon(offer=make.an_offer(cafe=cafe, value_minor=1000))
    scanned_at = datetime(2026, 3, 31, 14, 59, tzinfo=UTC)  # 23:59 of the last day
    code = make.qr_of(coupon, scanned_at)
    close(cafe)
    operations.redeem(
        code=code, cafe=cafe, till=till, at=CLOSED_AT + timedelta(hours=1), scanned_at=scanned_at
    )
    second = close(cafe, date(2026, 4, 2), CLOSED_AT + timedelta(days=2))
    assert amounts(second) == [1000]
    assert second.lines.get().at == scanned_at


def test_a_day_that_is_not_over_cannot_be_closed(cafe: Cafe, till: Till) -> None:
    use(till)
    midnight = datetime(2026, 3, 31, 15, 0, tzinfo=UTC)
    with pytest.raises(PeriodNotOver):
        close(cafe, at=midnight - timedelta(seconds=1))
    assert not Statement.objects.exists()
    close(cafe, at=midnight)


def test_nothing_to_settle_makes_no_statement(cafe: Cafe, till: Till) -> None:
    with pytest.raises(NothingToClose):
        close(cafe)
    void(use(till), AT + timedelta(minutes=1))
    with pytest.raises(NothingToClose):
        close(cafe)
    use(till)
    close(cafe)
    for ends_on in (APRIL, date(2026, 3, 20)):
        with pytest.raises(NothingToClose):
            close(cafe, ends_on)
    assert Statement.objects.count() == 1


@pytest.mark.parametrize("missing", ["seller", "its number", "buyer", "its terms"])
def test_a_statement_needs_both_parties(missing: str, cafe: Cafe, till: Till) -> None:
    use(till)
    if missing == "its terms":
        SettlementTerms.objects.all().delete()
    elif missing == "buyer":
        SettlementTerms.objects.update(tax_number="")
    else:
        Cafe.objects.update(**{"legal_name" if missing == "seller" else "tax_number": ""})
    cafe.refresh_from_db()
    with pytest.raises(PartiesMissing):
        close(cafe)
    assert not Statement.objects.exists()


def test_a_close_that_dies_halfway_leaves_nothing_behind(
    cafe: Cafe, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_rows: object) -> None:
        raise OSError("the disk is full")

    use(till)
    monkeypatch.setattr(StatementLine.objects, "bulk_create", dies)
    with pytest.raises(OSError, match="disk"):
        close(cafe)
    assert not Statement.objects.exists()


def test_each_cafe_has_its_own_numbers_and_chain(cafe: Cafe, till: Till) -> None:
    moon = make.a_settling_cafe(name="Moon")
    use(till)
    use(make.a_till(moon), worth=500)
    assert [close(each).number for each in (cafe, moon)] == [1, 1]
    assert sorted(Statement.objects.values_list("total_minor", flat=True)) == [500, 3000]


def test_a_payment_is_noted_once(cafe: Cafe, till: Till) -> None:
    use(till)
    statement, by = close(cafe), uuid4()
    operations.note_payment(statement=statement, paid_on=date(2026, 4, 9), by=by, at=CLOSED_AT)
    with pytest.raises(AlreadyPaid):
        operations.note_payment(statement=statement, paid_on=APRIL, by=by, at=CLOSED_AT)
    assert (Payment.objects.get().paid_on, Payment.objects.get().by) == (date(2026, 4, 9), by)


@pytest.fixture
def closed(cafe: Cafe, till: Till) -> Statement:
    void(use(till), AT + timedelta(hours=1))
    first = use(till)
    close(cafe, date(2026, 3, 4), datetime(2026, 3, 4, 1, 0, tzinfo=UTC))
    void(first, AT + timedelta(days=1))
    use(till, AT + timedelta(days=2))
    statement = close(cafe)
    operations.note_payment(statement=statement, paid_on=APRIL, by=uuid4(), at=CLOSED_AT)
    return statement


ROWS: Sequence[type[models.Model]] = (Statement, StatementLine, Payment, Redemption)


@pytest.mark.parametrize("table", ROWS)
@pytest.mark.usefixtures("closed")
def test_what_was_closed_can_be_neither_changed_nor_deleted(table: type[models.Model]) -> None:
    row = table._default_manager.order_by("-pk").first()
    assert row is not None
    name = table._meta.db_table
    for sql in (f"UPDATE {name} SET id = id", f"DELETE FROM {name}"):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            connection.cursor().execute(sql)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        row.save()


def test_every_statement_gives_its_hash_again(closed: Statement) -> None:
    assert queries.paper_of(statement=closed).hash == closed.hash
    assert queries.changed_statements() == []


@pytest.mark.parametrize(
    "change", ["a line", "a total day", "a line gone", "the one before", "another history"]
)
def test_whoever_walks_around_the_guards_is_found(change: str, closed: Statement) -> None:
    first = Statement.objects.get(number=1)
    with triggers.lifted(connection):
        if change == "a line":
            closed.lines.filter(number=1).update(title={"en": "Latte"})
        elif change == "a total day":
            Statement.objects.filter(pk=closed.pk).update(pays_on=APRIL)
        elif change == "a line gone":
            closed.lines.filter(number=2).delete()
        else:
            Statement.objects.filter(pk=first.pk).update(
                hash="0" * 64, **({"number": 7} if change == "another history" else {})
            )
    assert queries.changed_statements() != []
    about = first if change in ("the one before", "another history") else closed
    with pytest.raises(StatementChanged):
        queries.paper_of(
            statement=Statement.objects.select_related("cafe__campus").get(pk=about.pk)
        )
