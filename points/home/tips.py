"""Tips with what they are worth in sunlight: what the day's rule would give for the saving."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from campus.people.models import Holder
from campus.places.models import Room
from meters.advice import queries as advice
from meters.advice.facts import TipFact
from meters.savings import queries as savings
from points.earning.queries import dated_terms
from points.earning.rules import daily_saving
from points.earning.rules.daily_saving import Saving, Terms

RULE = "daily_saving"
WEEK = 7


@dataclass(frozen=True, slots=True)
class ValuedTip:
    """A tip, and the sunlight that following it would bring a resident in a week."""

    tip: TipFact
    worth_sun: int | None


def tip_of_today(*, holder: Holder, room: Room, day: date) -> ValuedTip | None:
    """The tip to show after the close of `day`; None when there is nothing to say."""
    found = advice.tip_of_today(holder=holder, day=day)
    return _valued([found], room, day)[0] if found else None


def tips_of(*, holder: Holder, room: Room, day: date) -> Sequence[ValuedTip]:
    """Every tip somebody had, newest first, at what it would be worth now."""
    return _valued(advice.tips_of(holder=holder), room, day)


def _valued(tips: Sequence[TipFact], room: Room, day: date) -> list[ValuedTip]:
    terms = dated_terms(campus=room.residence.campus).on(rule=RULE, day=day)
    usual = _usual(room, day)
    if terms is None or usual is None:
        return [ValuedTip(tip, None) for tip in tips]
    own = Terms(**terms.parameters)
    return [ValuedTip(tip, worth(usual, saved_wh=tip.worth_wh // WEEK, terms=own)) for tip in tips]


@dataclass(frozen=True, slots=True)
class Usual:
    """A room's expected Wh a day and the share of it that is saved already, in millionths."""

    expected_wh: int
    share: int


def worth(usual: Usual, *, saved_wh: int, terms: Terms) -> int:
    """Sunlight a week for saving so many Wh a day more than now."""
    more = usual.share + daily_saving.share(
        expected=usual.expected_wh, actual=usual.expected_wh - saved_wh
    )
    return WEEK * max(0, _sun(more, terms) - _sun(usual.share, terms))


def _sun(share: int, terms: Terms) -> int:
    return daily_saving.daily_saving(Saving(away=False, shares=[share]), terms)


def _usual(room: Room, day: date) -> Usual | None:
    """The mean of the last week's counted days."""
    after = day + timedelta(days=1)
    days = savings.days_of_room(room=room, starts_on=after - timedelta(days=WEEK), ends_on=after)
    counted = [one for one in days if one.verdict == "COUNTED" and one.actual_wh is not None]
    expected = sum(one.expected_wh for one in counted)
    if not counted or expected <= 0:
        return None
    used = sum(one.actual_wh or 0 for one in counted)
    share = daily_saving.share(expected=expected, actual=used)
    return Usual(expected // len(counted), max(share, 0))
