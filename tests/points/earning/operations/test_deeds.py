"""Awards of single deeds: once for a fact, within the limits of a week."""

from datetime import timedelta

import pytest

from campus.people.models import Holder
from points.earning import operations, queries
from points.earning.models import Award
from points.ledger import queries as book
from points.ledger.models import Transfer
from tests import factories
from tests.points.earning.facts import DAY, NOW, a_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Holder:
    a_programme()
    return factories.a_student().holder


def attend(person: Holder, activity: str, *, days: int = 0) -> list[Award]:
    return operations.award(
        rule="attendance",
        fact_key=activity,
        holder=person,
        fact={"activity": activity},
        day=DAY + timedelta(days=days),
        at=NOW,
    )


def test_attendance_earns_carbon_points_at_once_and_sunlight_for_a_drop(person: Holder) -> None:
    awards = attend(person, "a")
    assert [(each.asset, each.amount) for each in awards] == [("CP", 30), ("SUN", 60)]
    assert book.balances(holder=person) == {"CP": 30, "SUN": 0}
    assert awards[0].facts == {"activity": "a", "kind": "activity"}
    transfer = Transfer.objects.get()
    assert (transfer.code, transfer.source_kind, transfer.source_id) == (
        "ATTENDANCE",
        "AWARD",
        str(awards[0].pk),
    )


def test_the_same_deed_is_awarded_once(person: Holder) -> None:
    assert attend(person, "a") == attend(person, "a")
    assert book.balances(holder=person)["CP"] == 30


def test_the_fourth_activity_of_a_week_earns_nothing(person: Holder) -> None:
    for number in range(3):
        assert attend(person, str(number), days=number)
    assert attend(person, "fourth", days=6) == []
    assert attend(person, "next week", days=7)


def test_sunlight_of_a_day_is_capped_and_carbon_points_are_not(person: Holder) -> None:
    operations.set_terms(
        campus=person.campus, rule="caps", valid_from=DAY, parameters={"sun_per_day": 100}
    )
    attend(person, "a")
    awards = attend(person, "b")
    assert [(each.asset, each.amount) for each in awards] == [("CP", 30), ("SUN", 40)]


def test_welcome_comes_once_and_is_not_capped(person: Holder) -> None:
    def welcome(key: str) -> list[Award]:
        return operations.award(
            rule="welcome", fact_key=key, holder=person, fact={}, day=DAY, at=NOW
        )

    assert [(each.asset, each.amount) for each in welcome("map")] == [("SUN", 200)]
    assert welcome("another map") == []
    assert [each.amount for each in attend(person, "a")] == [30, 60]


def test_a_rule_that_is_not_in_force_awards_nothing(person: Holder) -> None:
    assert attend(person, "a", days=-100) == []


def test_an_unknown_rule_is_a_fault(person: Holder) -> None:
    with pytest.raises(KeyError):
        operations.award(rule="luck", fact_key="a", holder=person, fact={}, day=DAY, at=NOW)


def test_the_award_behind_an_entry_tells_its_fact_and_terms(person: Holder) -> None:
    award = attend(person, "a")[0]
    found = queries.award_behind(source_kind="AWARD", source_id=str(award.pk))
    assert found is not None
    assert (found.rule, found.kind, found.amount) == ("attendance", "activity", 30)
    assert found.facts["activity"] == "a"
    assert found.terms["paid_per_week"] == 3
    assert found.terms_from == factories.TERM[0]


@pytest.mark.parametrize("source", [("DROP", "1"), ("AWARD", "x"), ("AWARD", "999999")])
def test_no_award_is_behind_other_entries(person: Holder, source: tuple[str, str]) -> None:
    assert queries.award_behind(source_kind=source[0], source_id=source[1]) is None


def test_awards_of_a_period_are_told_to_their_holder(person: Holder) -> None:
    attend(person, "a")
    attend(factories.a_student().holder, "a")
    found = queries.awards_of(holder=person, starts_on=DAY, ends_on=DAY + timedelta(days=1))
    assert [each.asset for each in found] == ["CP", "SUN"]
