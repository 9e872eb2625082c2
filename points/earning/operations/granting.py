"""Sunlight for many at once, judged elsewhere: kept under the caps, once a fact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from campus.people import queries as people
from campus.places.models import Campus
from points.earning import caps, queries
from points.earning.caps import Caps, Given
from points.earning.models import RuleTerms
from points.earning.operations.written import Verdict, write
from points.earning.rules import rules
from points.earning.terms import read
from points.ledger.models import Asset


@dataclass(frozen=True, slots=True)
class Grant:
    """What a rule gives a holder for a fact."""

    holder_id: int
    fact_key: str
    amount: int
    facts: Mapping[str, Any]


def award_sunlight(
    *, campus: Campus, rule: str, terms: RuleTerms, day: date, at: datetime, grants: Sequence[Grant]
) -> int:
    """
    Keep what a rule gave for `day`; what was given for the same fact before stands as it is.

    What the caps of the day and the week do not let through is not granted. The erased get nothing.
    Returns how many awards are new.
    """
    wanted = [each for each in grants if each.amount > 0]
    gone = people.erased(campus=campus)
    wanted = [each for each in wanted if each.holder_id not in gone]
    limits = queries.dated_terms(campus=campus).on(rule=caps.NAME, day=day)
    held = sorted({each.holder_id for each in wanted})
    given = dict(
        queries.sunlight_given(
            campus=campus, day=day, rules=caps.counting(rules()), holders=held, but=rule
        )
    )
    verdicts = []
    for each in wanted:
        before = given.get(each.holder_id, Given())
        amount = each.amount
        if limits is not None:
            amount = caps.granted(amount, given=before, caps=read(limits.parameters, shape=Caps))
        given[each.holder_id] = Given(before.day + amount, before.week + amount)
        verdicts.append(_verdict(each, rule, amount, day, terms))
    with transaction.atomic():
        return write(campus=campus, verdicts=verdicts, at=at, run_id=None)


def _verdict(grant: Grant, rule: str, amount: int, day: date, terms: RuleTerms) -> Verdict:
    return Verdict(
        rule=rule,
        fact_key=grant.fact_key,
        holder_id=grant.holder_id,
        asset=Asset.SUN,
        amount=amount,
        effective_on=day,
        terms_id=terms.pk,
        facts={**grant.facts, "kind": rules()[rule].kind},
        once=True,
    )
