"""Statements are proven by command."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from points.coupons import operations
from points.coupons.models import Statement
from points.ledger import triggers
from tests.points.coupons import making as make

pytestmark = pytest.mark.django_db
AT = make.AT


@pytest.fixture
def closed() -> Statement:
    cafe = make.a_settling_cafe()
    coupon = make.a_coupon(offer=make.an_offer(cafe=cafe))
    till = make.a_till(cafe)
    operations.redeem(code=make.qr_of(coupon), cafe=cafe, till=till, at=AT)
    return operations.close_statement(
        cafe=cafe, ends_on=date(2026, 3, 4), at=AT + timedelta(days=1)
    )


@pytest.mark.usefixtures("closed")
def test_statements_as_they_were_closed_are_told_so() -> None:
    out = StringIO()
    call_command("verify_statements", stdout=out)
    assert out.getvalue() == "As they were closed: 1 statements.\n"


def test_a_changed_statement_is_named(closed: Statement) -> None:
    with triggers.lifted(connection):
        closed.lines.update(amount_minor=9000)
    err = StringIO()
    with pytest.raises(CommandError, match="Not as they were closed: 1"):
        call_command("verify_statements", stderr=err)
    assert err.getvalue() == f"CHANGED  café {closed.cafe.uid}, number 1\n"
