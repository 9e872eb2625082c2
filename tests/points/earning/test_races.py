"""The last points of a budget when many deeds are awarded at once: counted on PostgreSQL only."""

from functools import partial

import pytest

from points.earning import operations, queries
from points.earning.models import Award, Budget
from points.ledger import queries as book
from tests import factories
from tests.points.earning.facts import DAY, NOW, a_programme
from tests.points.races import race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("left", [200, 210])
def test_forty_deeds_at_once_never_take_more_than_the_budget_has(left: int) -> None:
    a_programme()
    operations.set_budget(
        campus=factories.a_campus(),
        valid_from=factories.TERM[0],
        money_minor=left * 10,
        minor_per_100_cp=1000,
    )
    people = [factories.a_student().holder for _person in range(40)]
    answers = race(
        [
            partial(
                operations.award,
                rule="attendance",
                fact_key="walk",
                holder=person,
                fact={},
                day=DAY,
                at=NOW,
            )
            for person in people
        ]
    )
    assert [each for each in answers if isinstance(each, Exception)] == []
    assert sum(book.balances(holder=person)["CP"] for person in people) == left
    assert queries.left_of(budget=Budget.objects.get()) == 0
    assert Award.objects.filter(asset="CP").count() == 7
