"""Every rule says in the passbook what it looked at."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import translation

from points.earning.queries import AwardFact
from points.earning.rules import rules
from points.ledger.models import Asset
from points.passbook.queries import words

DAY = date(2026, 3, 9)
# Their title is the whole story: "First opening of the map", "Watering another's plant".
TOLD_BY_THEIR_TITLE = {"welcome", "helping"}
SENTENCES: dict[str, tuple[dict[str, Any], str]] = {
    "daily_saving": (
        {
            "kind": "saving",
            "days": [{"day": "2026-03-09", "expected_wh": 4000, "actual_wh": 3250}],
        },
        "Readings of 2026-03-09: 4.000 kWh expected, 3.250 kWh used.",
    ),
    "settled_saving": (
        {
            "kind": "saving",
            "starts_on": "2026-03-02",
            "ends_on": "2026-03-09",
            "settled_wh": 3250,
            "co2_g": 1356,
            "nights": 7,
            "room_nights": 14,
        },
        "Readings of 2026-03-02 to 2026-03-08: 3.250 kWh settled, 1.356 kg CO2e; "
        "7 of the room's 14 nights.",
    ),
    "attendance": ({"kind": "activity"}, "The host confirmed that you took part."),
    "sunshine": (
        {"kind": "sunshine", "yield_wh": 81_500, "p90_wh": 90_000, "simulated": False, "slot": 1},
        "The campus roof on 2026-03-09: 81.500 kWh measured.",
    ),
    "hold": (
        {"kind": "hold", "position": 3, "rooms": 12, "room": 7},
        "On 2026-03-09 your room was place 3 of 12 similar rooms.",
    ),
    "chest": (
        {"kind": "chest", "good": 4, "away": 1, "monday": "2026-03-09"},
        "Good days in the week from 2026-03-09: 4; days away: 1.",
    ),
    "monument": (
        {"kind": "coop", "tier": 2},
        "Tier 2 of your dorm's monument was reached.",
    ),
}


def an_award(rule: str, facts: dict[str, Any]) -> AwardFact:
    return AwardFact(
        award_id=1,
        rule=rule,
        kind=facts["kind"],
        asset=Asset.SUN,
        amount=10,
        revision=1,
        effective_on=DAY,
        awarded_at=datetime(2026, 3, 10, tzinfo=UTC),
        facts=facts,
        terms={},
        terms_from=DAY,
    )


def test_every_rule_has_a_sentence_or_a_title_that_needs_none() -> None:
    assert set(rules()) == SENTENCES.keys() | TOLD_BY_THEIR_TITLE


@pytest.mark.parametrize("rule", SENTENCES)
def test_a_rule_says_what_it_looked_at(rule: str) -> None:
    facts, sentence = SENTENCES[rule]
    with translation.override("en"):
        assert words.about(an_award(rule, facts)) == sentence


def test_a_roof_that_was_worked_out_says_so() -> None:
    facts = {**SENTENCES["sunshine"][0], "simulated": True}
    with translation.override("en"):
        assert "worked out from the weather" in words.about(an_award("sunshine", facts))


@pytest.mark.parametrize("rule", sorted(TOLD_BY_THEIR_TITLE))
def test_what_a_title_tells_is_not_told_twice(rule: str) -> None:
    assert words.about(an_award(rule, {"kind": rules()[rule].kind})) == ""
