"""Each rule on a planted room: it speaks where the figures show it, and is silent elsewhere."""

import numpy as np
import pytest

from meters.advice import pattern
from meters.advice.operations import findings
from meters.advice.pattern import Ahead, Pattern
from meters.advice.rules import rules

QUIET = Pattern(people=2)


def found(known: Pattern) -> set[str]:
    return set(findings(known))


def test_a_room_of_which_nothing_is_known_is_told_nothing() -> None:
    assert found(QUIET) == set()
    assert len(rules()) == 5


def test_a_night_load_far_above_the_peers_is_told_with_both_figures() -> None:
    told = findings(Pattern(people=2, night_w=120, peers_night_w=60, peers=12))
    assert told["night_load"].facts == {"night_w": 120, "peers_w": 60, "peers": 12}
    # Half of what lies above the median, all week: a refrigerator stays plugged in.
    assert told["night_load"].worth_wh == 30 * 24 * 7


@pytest.mark.parametrize(("own", "peers"), [(70, 60), (30, 20), (120, None), (None, 60)])
def test_a_usual_or_unknown_night_is_no_news(own: int | None, peers: int | None) -> None:
    assert found(Pattern(people=2, night_w=own, peers_night_w=peers, peers=12)) == set()


def test_what_runs_while_nobody_is_home_is_told() -> None:
    told = findings(Pattern(people=2, away_days=4, away_wh=1500, peers_away_wh=700))
    assert told["away_load"].worth_wh == 800 * 4 // 2
    assert found(Pattern(people=2, away_days=1, away_wh=1500, peers_away_wh=700)) == set()
    assert found(Pattern(people=2, away_days=4, away_wh=900, peers_away_wh=700)) == set()


def test_a_tier_that_is_reached_before_the_month_ends_is_told() -> None:
    told = findings(Pattern(people=2, tier=1, next_tier=Ahead(6, 14, 28_000)))
    assert told["next_tier"].facts == {
        "tier": 2, "in_days": 6, "left_days": 14, "over_wh": 28_000,
    }  # fmt: skip
    # 3,500 Wh a day run into it: a tenth of a week of that can be kept out, not all 14,000.
    assert told["next_tier"].worth_wh == 2450
    assert found(Pattern(people=2, tier=1, next_tier=Ahead(13, 14, 500))) == set()


def test_a_free_quota_that_runs_out_is_told() -> None:
    assert found(Pattern(people=2, quota=Ahead(3, 10, 9000))) == {"quota"}


def test_an_evening_room_under_a_sunny_roof_is_told_of_noon() -> None:
    told = findings(Pattern(people=2, evening_wh=3000, sunny_wh=900, roof_wh=60_000))
    assert (told["green_hours"].worth_wh, told["green_hours"].moved_wh) == (0, 4200)
    assert found(Pattern(people=2, evening_wh=3000, sunny_wh=900)) == set()
    assert found(Pattern(people=2, evening_wh=1500, sunny_wh=900, roof_wh=60_000)) == set()


def test_no_words_advise_against_light_heat_or_the_refrigerator() -> None:
    said = " ".join(f"{rule.title} {rule.action}" for rule in rules().values()).lower()
    for word in ("study", "fridge", "refrigerator", "lamp", "colder", "ill"):
        assert word not in said.split()


def test_hours_with_gaps_count_only_where_they_are_whole() -> None:
    hours = np.full((14, 24), 100.0)
    assert pattern.night_watts(hours) == 100
    assert pattern.part_of_day(hours, pattern.EVENING) == 500
    hours[:7, 3] = np.nan
    assert pattern.night_watts(hours) == 100
    hours[7, 3] = np.nan
    assert pattern.night_watts(hours) is None


def test_few_rooms_are_no_peers() -> None:
    assert pattern.median_of([1, 2, 3, 4]) is None
    assert pattern.median_of([1, 2, 3, 4, 90]) == 3
    assert pattern.quarter_of([0, 1, 2, 3]) is None
