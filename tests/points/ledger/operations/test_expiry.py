"""Carbon points past their last day."""

from datetime import date, timedelta

import pytest

from campus.nights import operations as nights
from campus.nights.models import NightRun
from points.ledger import operations, queries
from points.ledger.models import Account, Asset, LotUse, Transfer
from tests import factories
from tests.points.ledger.book import NOON, a_person, earn, held, reconcile, spend

pytestmark = pytest.mark.django_db

LAST = date(2027, 3, 31)  # of points posted at NOON


def expire(day: date) -> int:
    campus = factories.a_campus()
    run, _new = NightRun.objects.get_or_create(
        campus=campus, day=day, defaults={"started_at": NOON}
    )
    nights.reopen(run=run)
    return operations.expire(campus=campus, day=day, at=NOON + timedelta(days=390), run_id=run.pk)


def test_points_expire_in_the_night_of_their_last_day() -> None:
    person = a_person()
    earn(person, 30)
    assert expire(LAST - timedelta(days=1)) == 0
    assert expire(LAST) == 1
    assert held(person) == 0
    transfer = Transfer.objects.latest("pk")
    assert (transfer.code, transfer.amount, transfer.effective_on) == ("EXPIRED", 30, LAST)
    assert list(LotUse.objects.values_list("expires_on", "amount")) == [(LAST, 30)]
    reconcile()


def test_only_what_is_left_expires() -> None:
    spender, saver = a_person(), a_person()
    for person in (spender, saver):
        earn(person, 30)
        earn(person, 5, at=NOON + timedelta(days=40))
    spend(spender, 20)
    expire(LAST)
    assert (held(spender), held(saver)) == (5, 5)
    breakage = Account.objects.get(kind=Account.Kind.BREAKAGE)
    assert queries.recorded_balance(account=breakage) == 10 + 30
    reconcile()


def test_a_late_night_takes_every_month_that_passed() -> None:
    person = a_person()
    earn(person, 30)
    earn(person, 5, at=NOON + timedelta(days=31))
    assert expire(date(2027, 4, 30)) == 2
    rows = Transfer.objects.filter(code="EXPIRED").order_by("wallet_version")
    assert list(rows.values_list("amount", "wallet_balance")) == [(30, 5), (5, 0)]
    reconcile()


def test_points_expire_once() -> None:
    person = a_person()
    earn(person, 30)
    expire(LAST)
    assert expire(LAST) == 0
    assert Transfer.objects.count() == 2


def test_sunlight_does_not_expire() -> None:
    person = a_person()
    earn(person, 30, asset=Asset.SUN)
    assert expire(LAST + timedelta(days=4000)) == 0
    assert held(person, Asset.SUN) == 30


def test_points_of_another_campus_wait_for_their_own_night() -> None:
    person = a_person()
    earn(person, 30)
    campus = factories.a_campus(slug="south")
    run = NightRun.objects.create(campus=campus, day=LAST, started_at=NOON)
    assert operations.expire(campus=campus, day=LAST, at=NOON, run_id=run.pk) == 0


def test_refunded_points_of_grace_expire_after_it() -> None:
    person = a_person()
    earn(person, 30)
    bought = spend(person, 30)
    operations.reverse(transfer=bought, at=NOON + timedelta(days=390))
    grace = (NOON + timedelta(days=390)).date() + timedelta(days=14)
    assert expire(grace - timedelta(days=1)) == 0
    assert expire(grace) == 1
    assert held(person) == 0
    reconcile()
