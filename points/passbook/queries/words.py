"""What an award is about, in one sentence: each rule says what it looked at."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from campus.units import kwh
from points.earning.queries import AwardFact

Teller = Callable[[AwardFact], str]


def about(award: AwardFact) -> str:
    """The sentence; empty where the rule's title says it all."""
    tell = _SENTENCES.get((award.rule, award.kind))
    return tell(award) if tell else ""


def _days(award: AwardFact) -> str:
    days = award.facts.get("days") or ()
    own = next((row for row in days if row["day"] == award.effective_on.isoformat()), None)
    if own is None:
        return _("Readings of %(day)s.") % {"day": award.effective_on}
    return _("Readings of %(day)s: %(expected)s kWh expected, %(actual)s kWh used.") % {
        "day": award.effective_on,
        "expected": kwh(own["expected_wh"]),
        "actual": kwh(own["actual_wh"]),
    }


def _settled(award: AwardFact) -> str:
    facts = award.facts
    return _(
        "Readings of %(first)s to %(last)s: %(settled)s kWh settled, %(co2)s kg CO2e; "
        "%(nights)s of the room's %(room_nights)s nights."
    ) % {
        "first": facts["starts_on"],
        "last": date.fromisoformat(facts["ends_on"]) - timedelta(days=1),
        "settled": kwh(facts["settled_wh"]),
        "co2": kwh(facts["co2_g"]),
        "nights": facts["nights"],
        "room_nights": facts["room_nights"],
    }


def _average(award: AwardFact) -> str:
    return _("Average of the enrolled rooms.")


def _activity(award: AwardFact) -> str:
    return _("The host confirmed that you took part.")


def _sunshine(award: AwardFact) -> str:
    told = {"day": award.effective_on, "kwh": kwh(award.facts["yield_wh"])}
    if award.facts["simulated"]:
        return _("The campus roof on %(day)s: %(kwh)s kWh, worked out from the weather.") % told
    return _("The campus roof on %(day)s: %(kwh)s kWh measured.") % told


def _hold(award: AwardFact) -> str:
    return _("On %(day)s your room was place %(position)s of %(rooms)s similar rooms.") % {
        "day": award.effective_on,
        "position": award.facts["position"],
        "rooms": award.facts["rooms"],
    }


def _chest(award: AwardFact) -> str:
    words = {
        "good": award.facts["good"],
        "away": award.facts["away"],
        "day": award.facts["monday"],
    }
    return _("Good days in the week from %(day)s: %(good)s; days away: %(away)s.") % words


def _tier(award: AwardFact) -> str:
    return _("Tier %(tier)s of your dorm's monument was reached.") % {"tier": award.facts["tier"]}


_SENTENCES: Mapping[tuple[str, str], Teller] = {
    ("daily_saving", "saving"): _days,
    ("daily_saving", "away"): _days,
    ("daily_saving", "average"): _average,
    ("settled_saving", "saving"): _settled,
    ("settled_saving", "average"): _average,
    ("attendance", "activity"): _activity,
    ("sunshine", "sunshine"): _sunshine,
    ("hold", "hold"): _hold,
    ("chest", "chest"): _chest,
    ("monument", "coop"): _tier,
}
