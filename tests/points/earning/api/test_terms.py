"""The terms of earning as a manager sees and announces them."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from points.earning import operations
from points.earning.models import RuleTerms
from tests import factories
from tests.points.coupons.api.asking import post, signed_in
from tests.points.earning.facts import NOW

pytestmark = pytest.mark.django_db
TERMS = "/api/v1/manage/terms/"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def manager() -> APIClient:
    campus = factories.a_campus()
    operations.install_default_terms(campus=campus, valid_from=factories.TERM[0])
    return signed_in(factories.a_manager())


def announce(client: APIClient, **fields: Any) -> Any:
    earliest = client.get(TERMS).data["earliest"]
    usual = {"rule": "attendance", "valid_from": earliest, "parameters": {"cp": 40}}
    return post(client, TERMS, {**usual, **fields})


def of_rule(told: Any, name: str) -> Any:
    return next(rule for rule in told["rules"] if rule["rule"] == name)


def test_every_rule_is_told_with_titles_ranges_and_values(manager: APIClient) -> None:
    told = manager.get(TERMS).data
    names = [rule["rule"] for rule in told["rules"]]
    assert {"attendance", "daily_saving", "settled_saving", "welcome"} < set(names)
    assert names[-1] == "caps"
    settled = of_rule(told, "settled_saving")
    assert settled["title"] == "Electricity saved in a period"
    assert settled["parameters"] == [
        {
            "name": "cp_per_kg",
            "title": "Carbon points for a kilogram of CO2e",
            "least": 0,
            "most": 1_000_000,
            "value": 100,
            "default": 100,
        }
    ]
    every = [each for rule in told["rules"] for each in rule["parameters"]]
    assert all(each["least"] <= each["default"] <= each["most"] for each in every)


def test_announced_terms_keep_what_they_do_not_name(manager: APIClient) -> None:
    told = announce(manager)
    assert told.status_code == 201
    rule = of_rule(told.data, "attendance")
    assert rule["dated"][0]["parameters"] == {**rule["dated"][1]["parameters"], "cp": 40}
    assert [each["value"] for each in rule["parameters"]] == [30, 60, 2, 3, 20]  # until tomorrow


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"valid_from": NOW.date().isoformat()}, 409, "terms_too_early"),
        ({"parameters": {"moon": 1}}, 422, "terms_refused"),
        ({"rule": "daily_saving", "parameters": {"ramp": 0}}, 422, "terms_refused"),
        ({"rule": "moonlight"}, 400, "invalid"),
    ],
)
def test_terms_that_cannot_hold_are_refused(
    manager: APIClient, fields: dict[str, Any], status: int, code: str
) -> None:
    before = RuleTerms.objects.count()
    refused = announce(manager, **fields)
    assert (refused.status_code, refused.data["code"]) == (status, code)
    assert RuleTerms.objects.count() == before


def test_a_day_has_one_set_of_terms(manager: APIClient) -> None:
    announce(manager)
    assert announce(manager).data["code"] == "terms_stand_already"
