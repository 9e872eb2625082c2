"""Terms of earning are tried before they are published."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from points.earning import operations as earning
from tests import factories as make
from tests.points.coupons import making as coupons
from tests.points.earning import facts as earned

FEW = {"seeds": 2}


def simulated(capsys: pytest.CaptureFixture[str], **options: Any) -> dict[str, Any]:
    call_command("simulate_points", json=True, **FEW | options)
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_the_default_terms_and_the_coffee_of_the_demo_keep_their_promises() -> None:
    call_command("simulate_points", check=True, verbosity=0)


def test_a_dearer_coffee_breaks_the_first_promise_and_says_so() -> None:
    with pytest.raises(CommandError, match="first coffee"):
        call_command("simulate_points", check=True, coffee=2000, **FEW)


def test_terms_can_be_tried_without_any_row_of_a_campus(capsys: pytest.CaptureFixture[str]) -> None:
    usual = simulated(capsys)
    tried = simulated(capsys, changes=["settled_saving.cp_per_kg=50", "attendance.cp=0"])
    assert tried["plan"]["settled"]["cp_per_kg"] == 50
    points = [told["figures"]["points issued"][1] for told in (usual, tried)]
    assert points[1] < points[0] / 2
    assert tried["figures"]["electricity's share of the points, %"] == [100, 100, 100]


def test_a_small_budget_is_never_exceeded(capsys: pytest.CaptureFixture[str]) -> None:
    told = simulated(capsys, budget=1_000_000)
    assert told["figures"]["money at the counter"][2] <= 1_000_000


def test_farming_activities_does_not_become_the_main_road(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = simulated(capsys, activities=20.0)
    assert told["figures"]["electricity's share of the points, %"][0] >= 40


@pytest.mark.parametrize(
    "options",
    [{"changes": ["luck.cp=1"]}, {"changes": ["attendance.cp=many"]}, {"saving": "much"}],
)
def test_what_cannot_be_tried_is_refused_in_words(options: dict[str, Any]) -> None:
    with pytest.raises(CommandError):
        call_command("simulate_points", **FEW | options)


@pytest.mark.django_db
def test_a_campus_is_tried_with_its_own_term_terms_coffee_and_budget(
    capsys: pytest.CaptureFixture[str],
) -> None:
    campus = earned.a_programme()
    saver, comparison = earned.a_home(people=1), earned.a_home(people=2, part="COMPARISON")
    for weeks in (0, 1):
        for home, grams in ((saver, 1000), (comparison, 0)):
            ends_on = earned.DAY + timedelta(weeks=weeks, days=1)
            earned.a_settlement(home, co2_g=grams, ends_on=ends_on)
    coupons.an_offer(cafe=coupons.a_cafe(campus=campus), price_cp=200, value_minor=1000)
    earning.set_budget(
        campus=campus, valid_from=make.TERM[0], money_minor=5000, minor_per_100_cp=500
    )
    told = simulated(capsys, campus=campus.slug, activities=0.0)
    assert (told["plan"]["coffee_cp"], told["plan"]["budget_minor"]) == (200, 5000)
    assert told["figures"]["points issued"] == [600, 600, 600]
    assert told["figures"]["weeks to the first coffee, median saver"] == [1, 1, 1]
    assert told["figures"]["money per verified tonne"][1] == 1_500_000


@pytest.mark.django_db
def test_a_campus_without_settlements_is_refused_in_words() -> None:
    make.a_term()
    with pytest.raises(CommandError, match="settled"):
        call_command("simulate_points", campus="north")
    with pytest.raises(CommandError, match="no campus"):
        call_command("simulate_points", campus="nowhere")
