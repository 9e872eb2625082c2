"""The café budget and the term's cap bound carbon points, the same however often it is asked."""

from datetime import timedelta

import pytest
from django.db.models import Sum
from django.test import Client

from campus.people.models import Holder
from points.activities import queries as activities
from points.earning import operations, queries
from points.earning.models import Award, Budget, Ration
from points.earning.refusals import BudgetStandsAlready
from points.ledger import operations as ledger
from points.ledger import queries as book
from tests import factories
from tests.points.earning.facts import (
    DAY,
    NOW,
    a_home,
    a_programme,
    a_settlement,
    award_night,
    residents,
)

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def a_budget(points: int) -> Budget:
    """Money for some points at ten won each, since the term began."""
    return operations.set_budget(
        campus=factories.a_campus(),
        valid_from=factories.TERM[0],
        money_minor=points * 10,
        minor_per_100_cp=1000,
    )


def attend(person: Holder, activity: str) -> int:
    awards = operations.award(
        rule="attendance", fact_key=activity, holder=person, fact={}, day=DAY, at=NOW
    )
    return sum(award.amount for award in awards if award.asset == "CP")


def held(person: Holder) -> int:
    return book.balances(holder=person)["CP"]


def test_a_settlement_within_the_budget_is_paid_in_full() -> None:
    a_programme()
    home = a_home()
    a_budget(200)
    a_settlement(home, co2_g=2000)
    award_night()
    assert [held(person) for person in residents(home)] == [100, 100]
    assert queries.left_of(budget=Budget.objects.get()) == 0


def test_the_settlement_that_exceeds_it_is_shared_out_evenly() -> None:
    a_programme()
    one, two = a_home(people=1), a_home(people=1)
    a_budget(150)
    a_settlement(one, co2_g=1000)
    a_settlement(two, co2_g=2000)
    award_night()
    assert [held(*residents(home)) for home in (one, two)] == [50, 100]
    award = Award.objects.get(holder=residents(two)[0])
    assert award.facts["budget"] == {"before": 200, "left": 150, "wanted": 300}


def test_after_it_nothing_more_is_given_and_what_was_given_stays() -> None:
    a_programme()
    home = a_home(people=1)
    [person] = residents(home)
    a_budget(100)
    a_settlement(home, co2_g=1500)
    award_night()
    assert held(person) == 100
    a_settlement(home, co2_g=1000, ends_on=DAY + WEEK + timedelta(days=1))
    award_night(day=DAY + WEEK)
    assert attend(person, "a") == 0
    assert held(person) == 100


def test_sunlight_goes_on_when_the_budget_is_used_up() -> None:
    a_programme()
    person = factories.a_student().holder
    a_budget(0)
    awards = operations.award(
        rule="attendance", fact_key="a", holder=person, fact={}, day=DAY, at=NOW
    )
    assert [(award.asset, award.amount) for award in awards] == [("SUN", 60)]


def test_a_deed_takes_what_is_left() -> None:
    a_programme()
    a_budget(70)
    people = [factories.a_student().holder for _person in range(4)]
    assert [attend(person, "a") for person in people] == [30, 30, 10, 0]


def test_a_night_judged_again_gives_the_same_although_others_earned_meanwhile() -> None:
    a_programme()
    home = a_home(people=1)
    a_budget(150)
    a_settlement(home, co2_g=2000)
    award_night()
    kept = Ration.objects.get()
    factories.a_student()
    assert award_night() == 0
    assert (Ration.objects.get().left, kept.wanted, held(*residents(home))) == (150, 200, 150)


def test_a_correction_gets_the_share_of_its_period() -> None:
    a_programme()
    home = a_home(people=1)
    a_budget(100)
    a_settlement(home, co2_g=2000)
    award_night()
    assert held(*residents(home)) == 100
    a_settlement(home, co2_g=1000, revision=2)
    award_night(day=DAY - WEEK)
    assert held(*residents(home)) == 50


def test_points_taken_back_can_be_given_again() -> None:
    campus = a_programme()
    budget = a_budget(100)
    person = factories.a_student().holder
    given = ledger.credit(
        holder=person,
        asset="CP",
        amount=60,
        code="SAVING",
        source_kind="TEST",
        source_id="1",
        at=NOW,
        effective_on=DAY,
    )
    assert queries.left_of(budget=budget) == 40
    ledger.seal(at=NOW + WEEK)
    ledger.reverse(transfer=given, at=NOW + WEEK)
    assert queries.left_of(budget=budget) == 100
    assert book.issued(campus=campus, asset="SUN", since=NOW) == 0


def test_a_later_budget_counts_from_its_own_first_day() -> None:
    campus = a_programme()
    a_budget(30)
    person = factories.a_student().holder
    assert attend(person, "a") == 30
    ledger.seal(at=NOW)
    later = operations.set_budget(
        campus=campus, valid_from=DAY + 2 * WEEK, money_minor=1000, minor_per_100_cp=1000
    )
    assert queries.budget_on(campus=campus, day=DAY + 2 * WEEK) == later
    assert queries.left_of(budget=later) == 100


def test_without_a_budget_nothing_is_limited() -> None:
    a_programme()
    assert queries.budget_on(campus=factories.a_campus(), day=DAY) is None
    assert attend(factories.a_student().holder, "a") == 30


def test_a_budget_begins_once_a_day() -> None:
    a_budget(10)
    with pytest.raises(BudgetStandsAlready):
        a_budget(20)
    assert Budget.objects.get().points == 10


def test_a_person_is_awarded_no_more_than_the_cap_of_a_term() -> None:
    campus = a_programme()
    operations.set_terms(
        campus=campus, rule="caps", valid_from=DAY - 2 * WEEK, parameters={"cp_per_term": 100}
    )
    home = a_home(people=1)
    [person] = residents(home)
    assert attend(person, "a") == 30
    a_settlement(home, co2_g=900)
    award_night()
    assert held(person) == 100
    assert Award.objects.get(rule="settled_saving").facts["before_cap"] == 90
    assert attend(person, "b") == 0
    assert Award.objects.filter(asset="CP").aggregate(sum=Sum("amount"))["sum"] == 100


def test_a_person_is_paid_for_two_activities_of_a_day() -> None:
    a_programme()
    person = factories.a_student().holder
    assert [attend(person, name) for name in ("a", "b", "c")] == [30, 30, 0]


def test_the_reward_of_an_activity_says_what_the_budget_leaves() -> None:
    campus = a_programme()
    a_budget(0)
    earned = activities.reward(campus=campus, day=DAY)
    assert (earned.cp, earned.sun) == (0, 60)


def told(user: object) -> dict[str, object]:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    answer: dict[str, object] = client.get("/api/v1/budget/").json()
    return answer


def test_students_and_managers_are_told_what_is_left_and_what_happens_then() -> None:
    a_programme()
    assert told(factories.a_student().user)["state"] == "NONE"
    a_budget(200)
    attend(factories.a_student().holder, "a")
    for user in (factories.a_student().user, factories.a_manager()):
        answer = told(user)
        figures = [answer[name] for name in ("state", "points", "issued", "left", "share_left")]
        assert figures == ["OPEN", 200, 30, 170, 85]
        assert "keep their worth" in str(answer["what_happens"])


def test_who_belongs_to_no_campus_is_told_nothing() -> None:
    client = Client()
    client.force_login(factories.a_user())
    assert client.get("/api/v1/budget/").status_code == 404
