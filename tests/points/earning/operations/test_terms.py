"""Dated terms: added, never edited."""

from datetime import timedelta

import pytest

from points.earning import operations, queries
from points.earning.models import RuleTerms
from points.earning.terms import TermsRefused
from tests import factories
from tests.points.earning.facts import DAY, a_programme

pytestmark = pytest.mark.django_db


def test_default_terms_put_every_rule_and_the_caps_in_force() -> None:
    campus = a_programme()
    rules = set(RuleTerms.objects.filter(campus=campus).values_list("rule", flat=True))
    assert rules == {
        "attendance", "caps", "chest", "daily_saving", "helping", "hold", "monument",
        "settled_saving", "sunshine", "welcome",
    }  # fmt: skip


def test_default_terms_keep_what_stands() -> None:
    campus = factories.a_campus()
    operations.set_terms(campus=campus, rule="welcome", valid_from=DAY, parameters={"sun": 500})
    operations.install_default_terms(campus=campus, valid_from=DAY)
    assert RuleTerms.objects.get(rule="welcome").parameters == {"sun": 500}


def test_terms_are_those_of_the_day() -> None:
    campus = a_programme()
    operations.set_terms(campus=campus, rule="welcome", valid_from=DAY, parameters={"sun": 500})
    terms = queries.dated_terms(campus=campus)
    before, on = (terms.on(rule="welcome", day=DAY + timedelta(days=n)) for n in (-1, 0))
    assert before is not None
    assert on is not None
    assert (before.parameters["sun"], on.parameters["sun"]) == (200, 500)
    assert terms.on(rule="welcome", day=factories.SINCE) is None


@pytest.mark.parametrize("parameters", [{"moon": 1}, {"sun": -1}, {"sun": "many"}, {"sun": True}])
def test_terms_refuse_what_the_rule_cannot_read(parameters: dict[str, object]) -> None:
    with pytest.raises(TermsRefused):
        operations.set_terms(
            campus=factories.a_campus(), rule="welcome", valid_from=DAY, parameters=parameters
        )
    assert not RuleTerms.objects.exists()
