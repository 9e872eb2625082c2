"""The night's awards: judged once, judged again when late data changes them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campus.nights import operations as nights
from campus.places.models import Enrolment
from points.earning import operations
from points.earning.models import Award
from points.ledger import operations as ledger
from points.ledger import queries as book
from points.ledger.models import Account, Transfer
from points.ledger.operations import debts
from tests import factories
from tests.points.earning.facts import (
    DAY,
    NOW,
    a_home,
    a_night,
    a_programme,
    a_settlement,
    an_estimate,
    award_night,
    residents,
)

pytestmark = pytest.mark.django_db
COMPARISON = Enrolment.Part.COMPARISON


@pytest.fixture(autouse=True)
def _programme() -> None:
    a_programme()


def amounts(*, day: date = DAY) -> list[int]:
    """What stands awarded for a day, newest revisions, by holder."""
    rows = Award.objects.filter(effective_on=day).order_by("holder_id", "revision")
    return list({row.holder_id: row.amount for row in rows}.values())


def again(*, day: date = DAY) -> int:
    """The night run again after late data."""
    nights.reopen(run=a_night(day=day))
    return award_night(day=day)


def carbon(home: object) -> list[int]:
    return [book.balances(holder=person)["CP"] for person in residents(home)]  # type: ignore[arg-type]


def prove() -> None:
    ledger.reconcile(campus=factories.a_campus(), at=NOW)


# --- sunlight ------------------------------------------------------------------------------------
def test_every_resident_gets_the_whole_drop_of_the_room() -> None:
    an_estimate(a_home(people=3), saved=10)
    assert award_night() == 3
    assert amounts() == [51, 51, 51]
    assert not Transfer.objects.exists()


def test_the_award_keeps_the_days_it_rests_on_and_its_terms() -> None:
    home = a_home(people=1)
    an_estimate(home, saved=20, day=DAY - timedelta(days=1))
    an_estimate(home, saved=0)
    award_night()
    award = Award.objects.get()
    assert award.facts["kind"] == "saving"
    assert award.facts["days"] == [
        {"day": "2026-04-05", "expected_wh": 4000, "actual_wh": 3200, "revision": 1},
        {"day": "2026-04-06", "expected_wh": 4000, "actual_wh": 4000, "revision": 1},
    ]
    assert award.terms.parameters["peak"] == 80
    assert (award.amount, award.effective_on, award.posted_at) == (51, DAY, None)


def test_only_the_last_three_counted_days_are_averaged() -> None:
    home = a_home(people=1)
    for back, saved in enumerate([10, 0, 20, 30, 30]):
        an_estimate(home, saved=saved, day=DAY - timedelta(days=back))
    award_night()
    assert amounts() == [51]


def test_away_days_and_missing_days_leave_the_mean() -> None:
    home = a_home(people=1)
    an_estimate(home, saved=10)
    an_estimate(home, verdict="AWAY", day=DAY - timedelta(days=1))
    an_estimate(home, verdict="NO_DATA", day=DAY - timedelta(days=2))
    an_estimate(home, saved=30, day=DAY - timedelta(days=3))
    award_night()
    assert amounts() == [69]


@pytest.mark.parametrize("verdict", ["AWAY", "POSSIBLY"])
def test_an_away_day_gives_a_little(verdict: str) -> None:
    an_estimate(a_home(people=1), verdict=verdict)
    award_night()
    assert amounts() == [12]
    assert Award.objects.get().facts["kind"] == "away"


def test_a_day_without_data_or_saving_gives_no_award() -> None:
    an_estimate(a_home(), verdict="NO_DATA")
    an_estimate(a_home(), saved=1)
    assert award_night() == 0


def test_comparison_rooms_receive_the_enrolled_average() -> None:
    an_estimate(a_home(people=2), saved=10)
    an_estimate(a_home(people=1), saved=0)
    an_estimate(a_home(people=1), verdict="NO_DATA")
    an_estimate(a_home(people=1, part=COMPARISON), saved=30)
    award_night()
    assert amounts() == [51, 51, 34]
    facts = Award.objects.latest("pk").facts
    assert facts == {"kind": "average", "residents": 3, "total": 102}


def test_a_correction_of_another_room_does_not_change_the_average() -> None:
    saver = a_home(people=1)
    an_estimate(saver, saved=10)
    an_estimate(a_home(people=1, part=COMPARISON))
    award_night()
    an_estimate(saver, saved=0, revision=2)
    assert again() == 1
    assert amounts() == [0, 51]


def test_a_night_awarded_twice_adds_nothing() -> None:
    an_estimate(a_home(), saved=10)
    assert award_night() == 2
    assert award_night() == 0
    assert again() == 0
    assert Award.objects.count() == 2


def test_a_corrected_day_makes_a_new_revision_and_keeps_the_old() -> None:
    home = a_home(people=1)
    an_estimate(home, saved=10)
    award_night()
    an_estimate(home, saved=20, revision=2)
    assert again() == 1
    rows = Award.objects.order_by("revision").values_list("revision", "amount")
    assert list(rows) == [(1, 51), (2, 69)]


def test_a_corrected_day_is_judged_again_in_the_means_of_the_days_after() -> None:
    home = a_home(people=1)
    yesterday = DAY - timedelta(days=1)
    an_estimate(home, saved=10, day=yesterday)
    an_estimate(home, saved=10)
    award_night(day=yesterday)
    award_night()
    an_estimate(home, saved=30, day=yesterday, revision=2)
    assert again(day=yesterday) == 2
    assert (amounts(day=yesterday), amounts()) == ([76], [69])


def test_a_day_that_was_only_possibly_away_is_topped_up() -> None:
    home = a_home(people=1)
    yesterday = DAY - timedelta(days=1)
    an_estimate(home, verdict="POSSIBLY", day=yesterday)
    award_night(day=yesterday)
    an_estimate(home, saved=20, day=yesterday, revision=2)
    an_estimate(home, saved=20)
    assert award_night() == 2
    assert (amounts(day=yesterday), amounts()) == ([69], [69])


def test_a_day_revised_long_ago_is_left_as_it_was_judged() -> None:
    home = a_home(people=1)
    for back in range(16):
        day = DAY - timedelta(days=back)
        an_estimate(home, saved=2 * back, day=day, revision=2 if back == 12 else 1)
    for back in reversed(range(16)):
        award_night(day=DAY - timedelta(days=back))
    assert not Award.objects.filter(revision__gt=1).exists()


def test_the_cap_of_a_day_counts_what_activities_gave() -> None:
    home = a_home(people=1)
    (person,) = residents(home)
    for number in range(2):
        operations.award(
            rule="attendance", fact_key=str(number), holder=person, fact={}, day=DAY, at=NOW
        )
    an_estimate(home, saved=30)
    award_night()
    assert Award.objects.get(rule="daily_saving").amount == 60


def test_the_cap_of_a_week_counts_every_day_of_it_and_all_that_was_done() -> None:
    home = a_home(people=1)
    (person,) = residents(home)
    operations.set_terms(
        campus=person.campus, rule="caps", valid_from=DAY, parameters={"sun_per_week": 250}
    )
    operations.award(rule="attendance", fact_key="a", holder=person, fact={}, day=DAY, at=NOW)
    for number in range(8):
        day = DAY + timedelta(days=number)
        an_estimate(home, saved=30, day=day)
        award_night(day=day)
    savings = Award.objects.filter(rule="daily_saving").order_by("effective_on")
    assert [each.amount for each in savings] == [76, 76, 38, 76]
    assert savings.last().effective_on == DAY + timedelta(days=7)


def test_without_terms_nothing_is_awarded() -> None:
    before = factories.TERM[0] - timedelta(days=1)
    an_estimate(a_home(), saved=10, day=before)
    assert award_night(day=before) == 0


# --- carbon points -------------------------------------------------------------------------------
def test_a_settlement_is_posted_in_the_same_night() -> None:
    home = a_home(people=2)
    a_settlement(home, co2_g=2340)
    assert award_night() == 2
    assert carbon(home) == [117, 117]
    award = Award.objects.earliest("pk")
    assert (award.posted_at, award.effective_on) == (NOW, DAY)
    transfer = Transfer.objects.get(source_kind="AWARD", source_id=str(award.pk))
    assert (transfer.amount, transfer.effective_on, transfer.posted_at) == (117, DAY, NOW)
    prove()


def test_a_settlement_is_not_posted_on_another_night() -> None:
    a_settlement(a_home(), co2_g=2340)
    assert award_night(day=DAY - timedelta(days=1)) == 0


def test_comparison_rooms_receive_the_average_of_the_settlement() -> None:
    a_settlement(a_home(people=2), co2_g=3000)
    a_settlement(a_home(people=1), co2_g=0)
    other = a_home(people=2, part=COMPARISON)
    a_settlement(other, co2_g=0)
    award_night()
    assert carbon(other) == [100, 100]
    assert set(Transfer.objects.values_list("code", flat=True)) == {"SAVING", "AVERAGE"}
    prove()


def test_a_settlement_awarded_twice_adds_nothing() -> None:
    home = a_home()
    a_settlement(home, co2_g=2340)
    award_night()
    award_night()
    again()
    assert carbon(home) == [117, 117]
    assert Transfer.objects.count() == 2


def test_a_corrected_settlement_is_reversed_and_booked_anew() -> None:
    home = a_home(people=1)
    a_settlement(home, co2_g=2000)
    award_night()
    a_settlement(home, co2_g=1500, revision=2)
    assert again() == 1
    assert carbon(home) == [150]
    rows = Transfer.objects.order_by("pk").values_list("amount", "code")
    assert list(rows) == [(200, "SAVING"), (150, "SAVING"), (200, "CORRECTION")]
    a_settlement(home, co2_g=1800, revision=3)
    again()
    assert carbon(home) == [180]
    prove()


def test_late_data_of_an_earlier_day_corrects_the_settlement_that_held_it() -> None:
    home = a_home(people=1)
    a_settlement(home, co2_g=2000)
    award_night()
    a_settlement(home, co2_g=1500, revision=2)
    assert award_night(day=DAY - timedelta(days=3)) == 1
    assert carbon(home) == [150]


def test_a_settlement_corrected_to_nothing_and_back_is_booked_anew() -> None:
    home = a_home(people=1)
    a_settlement(home, co2_g=2000)
    award_night()
    a_settlement(home, co2_g=0, revision=2)
    again()
    assert carbon(home) == [0]
    a_settlement(home, co2_g=1000, revision=3)
    again()
    assert carbon(home) == [100]
    prove()


def test_what_was_spent_before_a_correction_becomes_a_debt() -> None:
    home = a_home(people=1)
    (person,) = residents(home)
    a_settlement(home, co2_g=2000)
    award_night()
    ledger.spend(
        holder=person,
        asset="CP",
        amount=180,
        to_kind=Account.Kind.COUPON_LIABILITY,
        to_holder=ledger.campus_holder(campus=person.campus),
        code="COUPON_BOUGHT",
        source_kind="COUPON",
        source_id="1",
        at=NOW,
        effective_on=DAY,
    )
    a_settlement(home, co2_g=1000, revision=2)
    again()
    assert carbon(home) == [0]
    lender = Account.objects.get(kind=Account.Kind.CLAWBACK)
    assert debts.debt(lender) == 80
    next_week = DAY + timedelta(days=7)
    a_settlement(home, co2_g=1000, ends_on=next_week + timedelta(days=1))
    award_night(day=next_week)
    assert carbon(home) == [50]
    assert debts.debt(lender) == 30
    prove()


def test_a_night_that_died_between_two_chunks_is_finished_by_the_next_run() -> None:
    home = a_home()
    a_settlement(home, co2_g=2340)
    an_estimate(home)
    run = a_night()
    with (
        pytest.raises(RuntimeError),
        nights.chunk(run_id=run.pk, step="points.award", number=0, at=NOW),
    ):
        raise RuntimeError
    assert award_night() == 4


def test_a_night_of_many_rooms_asks_no_more_than_one_of_few() -> None:
    def reads(homes: int, *, day: date) -> int:
        for _home in range(homes):
            home = a_home()
            an_estimate(home, day=day)
            a_settlement(home, co2_g=2340, ends_on=day + timedelta(days=1))
        with CaptureQueriesContext(connection) as seen:
            assert award_night(day=day) == 4 * homes
        return sum(not each["sql"].startswith("INSERT") for each in seen)

    few = reads(1, day=DAY)
    assert reads(30, day=DAY + timedelta(days=30)) <= few
