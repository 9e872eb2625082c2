"""Awards for a single deed, as it happens: an activity confirmed, a campus first opened."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from campus.people.models import Holder
from points.earning import caps, queries
from points.earning.caps import Caps, Given
from points.earning.models import Award, RuleTerms
from points.earning.operations import limiting
from points.earning.operations.written import Verdict, write
from points.earning.rules import Earned, Rule, rules
from points.earning.terms import read
from points.ledger import operations as ledger
from points.ledger.models import Asset


def award(
    *,
    rule: str,
    fact_key: str,
    holder: Holder,
    fact: Mapping[str, Any],
    day: date,
    at: datetime,
) -> list[Award]:
    """
    Judge a deed and keep the verdict: carbon points are posted at once, sunlight becomes a drop.

    The same fact is awarded once; asked again, the awards that stand are answered. Nothing is
    awarded where the rule is not in force, or pays no more this week.

    :param rule: a rule of deeds: "attendance", "welcome"
    :param fact: what is kept with the award for its reader, as plain values
    :param day: the local day of the deed
    :raises KeyError: if there is no such rule
    """
    judge = rules()[rule]
    with transaction.atomic():
        # One deed of a person at a time: the limits of a week are counted, not constrained.
        ledger.lock_wallets(holders=[holder.pk], asset=Asset.CP)
        known = Award.objects.filter(holder=holder, rule=rule, fact_key=fact_key)
        if known.exists():
            return list(known.order_by("pk"))
        terms = queries.dated_terms(campus=holder.campus)
        own, limits = (terms.on(rule=name, day=day) for name in (rule, caps.NAME))
        if own is None:
            return []
        earned = _judged(judge, holder, own, day)
        granted = _granted(earned, rule=rule, holder=holder, limits=limits, day=day)
        granted[Asset.CP.value] = limiting.of_deed(
            earned.cp, holder=holder, limits=limits, day=day, at=at
        )
        verdicts = [
            Verdict(
                rule=rule,
                fact_key=fact_key,
                holder_id=holder.pk,
                asset=asset,
                amount=amount,
                effective_on=day,
                terms_id=own.pk,
                facts={**fact, "kind": judge.kind},
            )
            for asset, amount in granted.items()
        ]
        write(campus=holder.campus, verdicts=verdicts, at=at, run_id=None)
        return list(known.order_by("pk"))


def _judged(judge: Rule, holder: Holder, terms: RuleTerms, day: date) -> Earned:
    deed = queries.paid(holder=holder, rule=judge.name, day=day)
    earned = judge.judge(deed, read(terms.parameters, shape=judge.terms))
    assert isinstance(earned, Earned), f"{judge.name} is no rule of deeds"
    return earned


def _granted(
    earned: Earned, *, rule: str, holder: Holder, limits: RuleTerms | None, day: date
) -> dict[str, int]:
    """Asset -> what of a verdict is granted under the caps."""
    sun = earned.sun
    if limits is not None and rule not in caps.EXEMPT:
        given = queries.sunlight_given(
            campus=holder.campus, day=day, rules=caps.counting(rules()), holders=[holder.pk]
        ).get(holder.pk, Given())
        sun = caps.granted(sun, given=given, caps=read(limits.parameters, shape=Caps))
    return {Asset.CP.value: earned.cp, Asset.SUN.value: sun}
