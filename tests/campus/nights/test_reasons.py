import pytest
from django.db import OperationalError
from django.utils.translation import override

from campus.nights import reasons
from campus.nights.refusals import NightBusy
from points.ledger.refusals import NotEnough


def test_a_refusal_is_told_in_its_own_words_with_its_facts() -> None:
    code, facts = reasons.of(NotEnough(asset="CP", missing=30))
    with override("en"):
        assert reasons.words(code=code, facts=facts) == NotEnough(asset="CP", missing=30).words()


def test_a_refusal_without_facts_is_told_too() -> None:
    assert reasons.words(code=NightBusy.code, facts={}) == NightBusy().words()


@pytest.mark.parametrize("fault", [ZeroDivisionError("secret"), OperationalError("host=10.0.0.7")])
def test_a_fault_of_ours_tells_nothing_of_what_is_inside(fault: Exception) -> None:
    code, facts = reasons.of(fault)
    words = reasons.words(code=code, facts=facts)
    assert words
    assert "secret" not in words
    assert "10.0.0.7" not in words
    assert facts == {}


def test_facts_are_kept_as_plain_values() -> None:
    code, facts = reasons.of(NotEnough(asset="CP", missing=30, where=object))
    assert (code, facts["missing"]) == ("not_enough", 30)
    assert isinstance(facts["where"], str)
