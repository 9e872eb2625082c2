"""The application's role does its whole work, and can change nothing that is posted."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from campus.nights.models import NightRun
from points.coupons import operations as coupons
from points.ledger import operations as ledger
from points.ledger import triggers
from tests.points.coupons import making as make
from tests.points.ledger.book import a_batch, credit_many, reconcile

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ROLE = "campus_app_test"
APRIL = datetime(2026, 4, 1, 1, tzinfo=UTC)


@contextmanager
def as_the_application() -> Iterator[None]:
    """The rest of the transaction runs with the rights of the application's role."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        yield
        cursor.execute("RESET ROLE")


@pytest.fixture
def role() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")  # gone with the transaction of the test
    call_command("application_role", ROLE, "--apply", stdout=StringIO())


def a_working_day() -> None:
    """Credit, buy, redeem, void, give back, expire, settle, prove and seal."""
    cafe = make.a_settling_cafe()
    till = make.a_till(cafe)
    student = make.a_saver(campus=cafe.campus)
    offer = make.an_offer(cafe=cafe, campaign=make.a_campaign(campus=cafe.campus), left=5)
    used, kept, back = (make.a_coupon(offer=offer, student=student) for _each in range(3))
    for coupon in (used, kept):
        use = coupons.redeem(code=make.qr_of(coupon), cafe=cafe, till=till, at=make.AT)
    coupons.undo(redemption=use, till=till, at=make.AT + timedelta(seconds=5))
    coupons.give_back(coupon=back, at=make.AT)
    NightRun.objects.create(pk=1, campus=cafe.campus, day=make.AT.date(), started_at=make.AT)
    credit_many(a_batch([(student.holder, 70)]))
    ledger.expire(campus=cafe.campus, day=date(2027, 5, 1), at=APRIL, run_id=1)
    coupons.expire_due(campus=cafe.campus, at=kept.expires_at)
    coupons.close_statement(cafe=cafe, ends_on=date(2026, 4, 1), at=APRIL)
    reconcile()
    ledger.seal(at=APRIL)


@pytest.mark.usefixtures("role")
def test_it_posts_redeems_settles_and_seals() -> None:
    with as_the_application():
        a_working_day()


@pytest.mark.usefixtures("role")
@pytest.mark.parametrize(
    "attempt", ["UPDATE {table} SET id = id", "DELETE FROM {table}", "TRUNCATE {table} CASCADE"]
)
def test_it_may_not_change_delete_or_truncate_what_is_posted(attempt: str) -> None:
    a_working_day()
    with as_the_application(), connection.cursor() as cursor:
        for table in triggers.tables():
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                cursor.execute(attempt.format(table=table))


@pytest.mark.usefixtures("role")
def test_it_may_not_lift_the_guards() -> None:
    with as_the_application(), connection.cursor() as cursor:
        for command in (
            "ALTER TABLE points_transfer DISABLE TRIGGER USER",
            "DROP TRIGGER points_transfer__no_update ON points_transfer",
            "CREATE TABLE mine (id int)",
        ):
            with pytest.raises(ProgrammingError), transaction.atomic():
                cursor.execute(command)


def test_without_apply_the_commands_are_only_printed() -> None:
    told = StringIO()
    call_command("application_role", "nobody_yet", stdout=told)
    assert "REVOKE UPDATE, DELETE, TRUNCATE" in told.getvalue()
    assert '"points_transfer"' in told.getvalue()


def test_sqlite_knows_no_roles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "vendor", "sqlite")
    with pytest.raises(CommandError, match="Only PostgreSQL"):
        call_command("application_role", "anybody")
