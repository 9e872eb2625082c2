"""Saying one thing, remembering what was thought of it."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from campus.errors import NotFound
from campus.people import queries as people
from campus.people.forgetting import Person
from campus.people.models import Holder
from campus.places.models import Campus
from meters.advice import queries
from meters.advice.choosing import choose
from meters.advice.models import Tip
from meters.advice.pattern import Pattern
from meters.advice.rules import Finding, rules
from meters.savings import queries as savings
from meters.savings.emissions import grams
from meters.savings.facts import FactorFact


@transaction.atomic
def advise_day(*, campus: Campus, day: date, at: datetime) -> int:
    """
    After the close of a day, say one thing to each resident of the rooms whose turn it is.

    A rule that was said, tried or dismissed lately is silent; a day that had its tip has no second
    one. Returns how many tips are new.
    """
    living = people.residents_on(campus=campus, day=day)
    patterns = queries.patterns_of(campus=campus, day=day)
    found = {room: some for room in patterns if (some := findings(patterns[room]))}
    holders = [holder for room in found for holder in living.get(room, ())]
    said = queries.said_before(holder_ids=holders, day=day)
    factor = savings.factor_of(campus=campus, day=day)
    tips = [
        _tip(
            Tip(room_id=room, holder_id=holder, day=day, rule=chosen[0], told_at=at),
            chosen[1],
            price=patterns[room].minor_per_kwh,
            factor=factor,
        )
        for room, some in found.items()
        for holder in living.get(room, ())
        if (chosen := choose(some, said=said.get(holder, ()), day=day))
    ]
    return len(Tip.objects.bulk_create(tips))


def _tip(tip: Tip, finding: Finding, *, price: int | None, factor: FactorFact | None) -> Tip:
    """A tip with its evidence, and its worth in a week."""
    wh = finding.worth_wh
    tip.facts = dict(finding.facts)
    tip.worth_wh = wh
    tip.worth_minor = None if price is None or not wh else price * wh // 1000
    # Electricity of the campus's own roof replaces that of the grid.
    green = wh + finding.moved_wh
    tip.worth_co2_g = grams(wh=green, kg_per_kwh=factor.kg_per_kwh) if factor else None
    return tip


def findings(pattern: Pattern) -> Mapping[str, Finding]:
    """What every rule finds in a room's figures, by the name of the rule."""
    told = {name: rule.finds(pattern) for name, rule in rules().items()}
    return {name: finding for name, finding in told.items() if finding}


@transaction.atomic
def answer(*, holder: Holder, uid: str, state: str, at: datetime) -> None:
    """
    Remember what somebody thought of a tip; the newest word counts.

    :param state: DONE or DISMISSED
    :raises NotFound: if it is not theirs
    """
    if not Tip.objects.filter(holder=holder, uid=uid).update(state=state, answered_at=at):
        raise NotFound


def forget(*, person: Person, at: datetime) -> None:
    """What an erased person was advised."""
    if person.holder_id is not None:
        Tip.objects.filter(holder_id=person.holder_id).delete()
