"""Judging the nights' savings for sunlight."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from campus.places.models import Campus
from meters.savings import queries as savings
from meters.savings.facts import EstimateFact
from points.earning import caps, queries
from points.earning.caps import Caps, Given
from points.earning.days import LOOK_BACK, Days, averaged, day_of, sunlight, table, touched
from points.earning.models import RuleTerms
from points.earning.operations.written import Verdict
from points.earning.queries import DatedTerms
from points.earning.rules import rules
from points.earning.rules.daily_saving import Terms
from points.earning.terms import read
from points.ledger.models import Asset

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

RULE = "daily_saving"
REACH = 7  # days around a night whose verdict its data may still change
ENROLLED = "ENROLLED"


def verdicts(*, campus: Campus, day: date, terms: DatedTerms) -> Iterator[Verdict]:
    """
    What the residents of each room earn for `day`, and for the days around that it changed.

    Residents of comparison rooms receive the rounded average of the enrolled, as it was when it was
    first told.
    """
    starts_on = day - timedelta(days=REACH + LOOK_BACK - 1)
    ends_on = day + timedelta(days=REACH + LOOK_BACK)
    estimates = savings.estimates_between(campus=campus, starts_on=starts_on, ends_on=ends_on)
    days = table(estimates, starts_on=starts_on, ends_on=ends_on)
    for column, chosen in touched(days, night=day).items():
        on = day_of(days, column)
        own, limits = (terms.on(rule=name, day=on) for name in (RULE, caps.NAME))
        if own is not None:
            judged = _judge(
                campus=campus, days=days, column=column, chosen=chosen, terms=own, limits=limits
            )
            yield from _savings(judged, chosen)
            yield from _averages(judged, chosen)


@dataclass(frozen=True, slots=True)
class _Judged:
    """
    A day as judged.

    `paid` int64[n] is what each resident of an occupancy gets, `used` bool[n, d] the averaged days.
    """

    days: Days
    column: int
    day: date
    paid: Ints
    used: Bools
    terms_id: int
    limits: Caps | None
    given: Mapping[int, Given]

    def facts_of_day(self) -> list[EstimateFact | None]:
        return [row[self.column] for row in self.days.facts]

    def granted(self, holder: int, amount: int) -> int:
        """What of an amount the caps let through to a holder."""
        if self.limits is None:
            return amount
        return caps.granted(amount, given=self.given.get(holder, Given()), caps=self.limits)


def _judge(
    *,
    campus: Campus,
    days: Days,
    column: int,
    chosen: Bools,
    terms: RuleTerms,
    limits: RuleTerms | None,
) -> _Judged:
    own, on = read(terms.parameters, shape=Terms), day_of(days, column)
    caps_of_day = read(limits.parameters, shape=Caps) if limits else None
    facts = (days.facts[row][column] for row in np.flatnonzero(chosen).tolist())
    holders = sorted(holder for fact in facts if fact is not None for holder in fact.holders)
    return _Judged(
        days=days,
        column=column,
        day=on,
        paid=sunlight(days, column=column, terms=own),
        used=averaged(days, column=column, terms=own),
        terms_id=terms.pk,
        limits=caps_of_day,
        given=_given(campus, on, holders, most=max(own.peak, own.away), limits=caps_of_day),
    )


def _given(
    campus: Campus, day: date, holders: Sequence[int], *, most: int, limits: Caps | None
) -> Mapping[int, Given]:
    """
    What the caps must know of holders.

    Savings give at most `most` a day: the week's savings are summed only for those whom another
    rule brought so near to the cap that they could matter.
    """
    if limits is None or not holders:
        return {}
    counting = caps.counting(rules())
    given = partial(queries.sunlight_given, campus=campus, day=day)
    others = given(rules=counting - {RULE}, holders=holders)
    far = limits.sun_per_week - 7 * most
    near = [holder for holder in holders if others.get(holder, Given()).week > far]
    return {**others, **given(rules=counting, holders=near, but=RULE)} if near else others


def _savings(judged: _Judged, chosen: Bools) -> Iterator[Verdict]:
    """Each resident of an enrolled room gets the room's whole drop."""
    for row, fact in enumerate(judged.facts_of_day()):
        if fact is None or fact.part != ENROLLED or not chosen[row]:
            continue
        facts = _facts(judged, row, fact)
        for holder in fact.holders:
            amount = judged.granted(holder, int(judged.paid[row]))
            yield _verdict(judged, fact, holder, amount, facts)


def _facts(judged: _Judged, row: int, fact: EstimateFact) -> dict[str, Any]:
    """What a reader needs to follow the verdict."""
    used = np.flatnonzero(judged.used[row]).tolist()
    return {
        "kind": "away" if judged.days.away[row, judged.column] else "saving",
        "room": fact.room_id,
        "occupancy": fact.occupancy_id,
        "verdict": fact.verdict,
        "sunlight": int(judged.paid[row]),
        "days": [_plain(judged.days.facts[row][column]) for column in used],
    }


def _plain(fact: EstimateFact | None) -> dict[str, Any]:
    assert fact is not None  # only estimated days count
    return {
        "day": fact.day.isoformat(),
        "expected_wh": fact.expected_wh,
        "actual_wh": fact.actual_wh,
        "revision": fact.revision,
    }


def _averages(judged: _Judged, chosen: Bools) -> Iterator[Verdict]:
    """Residents of comparison rooms get the enrolled average; later corrections are not theirs."""
    facts = judged.facts_of_day()
    told = judged.days.counted[:, judged.column] | judged.days.away[:, judged.column]
    enrolled = [
        (int(judged.paid[row]), len(fact.holders))
        for row, fact in enumerate(facts)
        if fact is not None and fact.part == ENROLLED and told[row]
    ]
    people = sum(count for _paid, count in enrolled)
    if not people:
        return
    total = sum(paid * count for paid, count in enrolled)
    amount = (2 * total + people) // (2 * people)
    kept = {"kind": "average", "residents": people, "total": total}
    for row, fact in enumerate(facts):
        if fact is None or fact.part == ENROLLED or not chosen[row]:
            continue
        for holder in fact.holders:
            granted = judged.granted(holder, amount)
            yield _verdict(judged, fact, holder, granted, kept, once=True)


def _verdict(
    judged: _Judged,
    fact: EstimateFact,
    holder: int,
    amount: int,
    facts: Mapping[str, Any],
    *,
    once: bool = False,
) -> Verdict:
    return Verdict(
        rule=RULE,
        fact_key=f"{fact.occupancy_id}:{judged.day.isoformat()}",
        holder_id=holder,
        asset=Asset.SUN,
        amount=amount,
        effective_on=judged.day,
        terms_id=judged.terms_id,
        facts=facts,
        once=once,
    )
