"""What a resident was advised, and what they thought of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from campus.notices.words import written
from campus.people.models import Holder
from campus.places.models import Campus
from meters.advice.choosing import SILENT, Said
from meters.advice.facts import TipFact
from meters.advice.models import Tip
from meters.advice.rules import rules

SHOWN = timedelta(days=14)  # as long as its rule is silent
HISTORY = 50


def tip_of_today(*, holder: Holder, day: date) -> TipFact | None:
    """
    The newest tip of the last two weeks while it is open; None when there is nothing to say.

    Whoever answered it is shown no older one instead: one thing at a time, and at most one a day.
    """
    rows = Tip.objects.filter(holder=holder, day__gt=day - SHOWN)
    row = rows.select_related("room__residence__campus").order_by("-day").first()
    return _fact(row) if row and row.state == Tip.State.OPEN else None


def tips_of(*, holder: Holder) -> list[TipFact]:
    """The newest tips somebody had, whatever became of them."""
    rows = Tip.objects.filter(holder=holder).select_related("room__residence__campus")
    return [_fact(row) for row in rows.order_by("-id")[:HISTORY]]


def said_before(*, holder_ids: Sequence[int], day: date) -> Mapping[int, list[Said]]:
    """Holder id -> the tips that may still keep a rule silent on a day."""
    since = day - max(SILENT.values())
    rows = Tip.objects.filter(holder__in=list(holder_ids), day__gt=since)
    found: dict[int, list[Said]] = defaultdict(list)
    for holder, rule, told_on, state in rows.values_list("holder_id", "rule", "day", "state"):
        found[holder].append(Said(rule, told_on, state))
    return found


def news(*, campus: Campus, day: date) -> Mapping[int, Mapping[str, object]]:
    """Holder id -> that a day brought a tip."""
    rows = Tip.objects.filter(room__residence__campus=campus, day=day)
    return {holder: {"tips": 1} for holder in rows.values_list("holder_id", flat=True)}


def _fact(row: Tip) -> TipFact:
    rule, campus = rules()[row.rule], row.room.residence.campus
    told = {name: written(name, value, campus) for name, value in row.facts.items()}
    return TipFact(
        uid=str(row.uid),
        rule=row.rule,
        day=row.day,
        state=row.state,
        title=str(rule.title) % told,
        evidence=str(rule.evidence) % told,
        action=str(rule.action),
        worth_wh=row.worth_wh,
        worth_minor=row.worth_minor,
        worth_co2_g=row.worth_co2_g,
    )
