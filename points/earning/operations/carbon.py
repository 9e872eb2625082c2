"""Judging settled savings for carbon points."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from campus.places.models import Campus
from meters.savings import queries as savings
from meters.savings.facts import SettlementFact
from points.earning.models import RuleTerms
from points.earning.operations.written import Verdict
from points.earning.queries import DatedTerms
from points.earning.rules import settled_saving
from points.earning.rules.settled_saving import Terms
from points.earning.terms import read
from points.ledger.models import Asset

Ints = NDArray[np.int64]
RULE = "settled_saving"
ENROLLED = "ENROLLED"


def verdicts(*, campus: Campus, day: date, terms: DatedTerms) -> Iterator[Verdict]:
    """
    What each resident earns by the settlements that ended with `day`, or that its data corrected.

    Residents of comparison rooms receive the enrolled average per night, as it was when the period
    was first settled.
    """
    periods: dict[tuple[date, date], list[SettlementFact]] = defaultdict(list)
    for fact in savings.settlements_ended(campus=campus, day=day):
        periods[fact.starts_on, fact.ends_on].append(fact)
    for (_starts_on, ends_on), facts in sorted(periods.items()):
        own = terms.on(rule=RULE, day=ends_on - timedelta(days=1))
        if own is None:
            continue
        rows = _residents([fact for fact in facts if fact.part == ENROLLED], own)
        yield from _savings(rows, own)
        if ends_on == day + timedelta(days=1):
            others = [fact for fact in facts if fact.part != ENROLLED]
            yield from _averages(rows, others, own)


@dataclass(frozen=True, slots=True)
class _Residents:
    """m residents of settled rooms: whose fact, who, how many nights, and what they earn."""

    facts: Sequence[SettlementFact]
    room: Ints
    holder: Ints
    nights: Ints
    points: Ints


def _residents(facts: Sequence[SettlementFact], terms: RuleTerms) -> _Residents:
    lived = [
        (place, holder, nights)
        for place, fact in enumerate(facts)
        for holder, nights in sorted(fact.nights.items())
    ]
    room, holder, nights = np.array(lived, np.int64).reshape(-1, 3).T
    points = settled_saving.many(
        np.array([fact.co2_g for fact in facts], np.int64),
        room=room,
        nights=nights,
        turn=np.array([fact.starts_on.toordinal() // 7 for fact in facts], np.int64),
        terms=read(terms.parameters, shape=Terms),
    )
    return _Residents(facts, room, holder, nights, points)


def _savings(rows: _Residents, terms: RuleTerms) -> Iterator[Verdict]:
    columns = (rows.room, rows.holder, rows.nights, rows.points)
    of_room = np.zeros(len(rows.facts), np.int64)
    np.add.at(of_room, rows.room, rows.points)
    for place, holder, nights, points in zip(*(c.tolist() for c in columns), strict=True):
        fact = rows.facts[place]
        kept = {
            "kind": "saving",
            "room": fact.room_id,
            "occupancy": fact.occupancy_id,
            "settlement": fact.settlement_id,
            "settlement_revision": fact.revision,
            "settled_wh": fact.settled_wh,
            "co2_g": fact.co2_g,
            "nights": nights,
            "room_nights": sum(fact.nights.values()),
            "room_points": int(of_room[place]),
        }
        yield _verdict(fact, holder, points, kept, terms)


def _averages(
    rows: _Residents, others: Sequence[SettlementFact], terms: RuleTerms
) -> Iterator[Verdict]:
    for fact in others:
        nights = np.array(list(fact.nights.values()), np.int64)
        points = settled_saving.average(rows.points, nights=rows.nights, of=nights)
        for holder, own, amount in zip(fact.nights, nights.tolist(), points.tolist(), strict=True):
            kept = {
                "kind": "average",
                "nights": own,
                "enrolled_nights": int(rows.nights.sum()),
                "enrolled_points": int(rows.points.sum()),
            }
            yield _verdict(fact, holder, amount, kept, terms, once=True)


def _verdict(
    fact: SettlementFact,
    holder: int,
    amount: int,
    kept: Mapping[str, Any],
    terms: RuleTerms,
    *,
    once: bool = False,
) -> Verdict:
    period = {"starts_on": fact.starts_on.isoformat(), "ends_on": fact.ends_on.isoformat()}
    return Verdict(
        rule=RULE,
        fact_key=str(fact.settlement_id),
        holder_id=holder,
        asset=Asset.CP,
        amount=amount,
        effective_on=fact.ends_on - timedelta(days=1),
        terms_id=terms.pk,
        facts={**kept, **period},
        once=once,
    )
