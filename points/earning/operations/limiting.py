"""What caps and the café budget leave of carbon points, before they are awarded."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from campus.people.models import Holder
from campus.places.models import Campus
from points.earning import caps, queries
from points.earning.budget import share
from points.earning.caps import Caps
from points.earning.models import Budget, Ration, RuleTerms
from points.earning.operations.written import Verdict
from points.earning.queries import DatedTerms
from points.earning.refusals import BudgetStandsAlready
from points.earning.terms import read
from points.ledger.models import Asset


def of_night(
    verdicts: Sequence[Verdict], *, campus: Campus, terms: DatedTerms, day: date, at: datetime
) -> list[Verdict]:
    """The verdicts of a night, those of carbon points within the caps and the budget."""
    limited = [each for each in verdicts if each.asset != Asset.CP]
    periods: dict[date, list[Verdict]] = defaultdict(list)
    for each in verdicts:
        if each.asset == Asset.CP:
            periods[each.effective_on].append(each)
    for on, rows in sorted(periods.items()):
        capped = _capped(rows, campus, terms.on(rule=caps.NAME, day=on), on)
        ration = _ration(capped, campus, on=on, day=day, at=at)
        limited += [_rationed(each, ration) for each in capped]
    return limited


def _capped(
    rows: Sequence[Verdict], campus: Campus, limits: RuleTerms | None, on: date
) -> list[Verdict]:
    if limits is None:
        return list(rows)
    most = read(limits.parameters, shape=Caps)
    [rule] = {each.rule for each in rows}  # only settlements give carbon points at night
    given = queries.carbon_given(campus=campus, day=on, besides=rule)
    return [_within(each, given, most) for each in rows]


def _within(verdict: Verdict, given: Mapping[int, int], most: Caps) -> Verdict:
    amount = caps.granted_of_term(verdict.amount, given=given.get(verdict.holder_id, 0), caps=most)
    if amount == verdict.amount:
        return verdict
    facts = {**verdict.facts, "before_cap": verdict.amount}
    return replace(verdict, amount=amount, facts=facts)


def _ration(
    rows: Sequence[Verdict], campus: Campus, *, on: date, day: date, at: datetime
) -> Ration | None:
    """
    The ration of a settled period; decided when it is first judged, and kept.

    A night that is judged twice, or a reading corrected later, finds what was decided.
    """
    known = Ration.objects.filter(campus=campus, effective_on=on).first()
    if known is not None or on != day:
        return known
    budget = queries.budget_on(campus=campus, day=at.astimezone(campus.zone).date())
    if budget is None:
        return None
    wanted = sum(each.amount for each in rows)
    ration, _new = Ration.objects.get_or_create(
        campus=campus,
        effective_on=on,
        defaults={"budget": budget, "left": queries.left_of(budget=budget), "wanted": wanted},
    )
    return ration


def _rationed(verdict: Verdict, ration: Ration | None) -> Verdict:
    if ration is None or ration.wanted <= ration.left:
        return verdict
    amount = share(verdict.amount, left=ration.left, wanted=ration.wanted)
    told = {"before": verdict.amount, "left": ration.left, "wanted": ration.wanted}
    return replace(verdict, amount=amount, facts={**verdict.facts, "budget": told})


def of_deed(
    amount: int, *, holder: Holder, limits: RuleTerms | None, day: date, at: datetime
) -> int:
    """
    The carbon points of a deed within the term's cap and what the budget has left.

    Must be called inside a transaction: deeds of a campus with a budget follow one another from
    here to its end, so that two of them cannot both take the last points.
    """
    if not amount:
        return 0
    if limits is not None:
        given = queries.carbon_given(campus=holder.campus, day=day, holder=holder)
        most = read(limits.parameters, shape=Caps)
        amount = caps.granted_of_term(amount, given=given.get(holder.pk, 0), caps=most)
    budget = queries.budget_on(campus=holder.campus, day=at.astimezone(holder.campus.zone).date())
    if budget is None:
        return amount
    Budget.objects.select_for_update(no_key=True).get(pk=budget.pk)
    return min(amount, queries.left_of(budget=budget))


def set_budget(
    *, campus: Campus, valid_from: date, money_minor: int, minor_per_100_cp: int
) -> Budget:
    """
    Set money aside for the points issued from a day on, until the next budget begins.

    :raises BudgetStandsAlready: if one begins on that day already
    """
    budget, new = Budget.objects.get_or_create(
        campus=campus,
        valid_from=valid_from,
        defaults={"money_minor": money_minor, "minor_per_100_cp": minor_per_100_cp},
    )
    if not new:
        raise BudgetStandsAlready
    return budget
