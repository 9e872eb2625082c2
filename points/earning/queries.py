"""Reading what was earned, by which terms, from which fact."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from campus import clock
from campus.people.models import Holder
from campus.places import queries as places
from campus.places.models import Campus
from points.earning.caps import Given
from points.earning.models import Award, Budget, Ration, RuleTerms
from points.earning.rules import Deed
from points.ledger import queries as ledger
from points.ledger.models import Asset

SOURCE = "AWARD"  # source kind of what an award posts; its source id is the award's


@dataclass(frozen=True, slots=True)
class DatedTerms:
    """The terms of a campus through time."""

    rows: Sequence[RuleTerms]

    def on(self, *, rule: str, day: date) -> RuleTerms | None:
        """The terms of a rule in force on a day; None where it is not in force."""
        past = [row for row in self.rows if row.rule == rule and row.valid_from <= day]
        return max(past, key=lambda row: row.valid_from, default=None)


def dated_terms(*, campus: Campus) -> DatedTerms:
    """All terms of the rules of a campus."""
    return DatedTerms(list(RuleTerms.objects.filter(campus=campus)))


@dataclass(frozen=True, slots=True)
class AwardFact:
    """An award with the terms that judged it and the fact as the rule saw it."""

    award_id: int
    rule: str
    kind: str
    asset: str
    amount: int
    revision: int
    effective_on: date
    awarded_at: datetime
    facts: Mapping[str, Any]
    terms: Mapping[str, Any]
    terms_from: date


def award_behind(*, source_kind: str, source_id: str) -> AwardFact | None:
    """The award that a transfer of this source posted, if one did."""
    is_award = source_kind == SOURCE and source_id.isdecimal()
    return award_fact(award_id=int(source_id)) if is_award else None


def award_fact(*, award_id: int) -> AwardFact | None:
    """An award by its id."""
    award = Award.objects.filter(pk=award_id).select_related("terms").first()
    return _fact(award) if award else None


def award_facts(*, award_ids: Sequence[int]) -> Mapping[int, AwardFact]:
    """Award id -> the award, for many at once."""
    at_once = 500  # fewer parameters than the oldest SQLite takes
    awards = Award.objects.select_related("terms")
    parts = (award_ids[start : start + at_once] for start in range(0, len(award_ids), at_once))
    return {row.pk: _fact(row) for part in parts for row in awards.filter(pk__in=part)}


def awards_of(*, holder: Holder, starts_on: date, ends_on: date) -> list[AwardFact]:
    """What a holder was awarded for the days [starts_on, ends_on): newest revisions, by day."""
    rows = newest().filter(holder=holder, effective_on__gte=starts_on, effective_on__lt=ends_on)
    return [_fact(row) for row in rows.select_related("terms").order_by("effective_on", "pk")]


def _fact(award: Award) -> AwardFact:
    return AwardFact(
        award_id=award.pk,
        rule=award.rule,
        kind=str(award.facts.get("kind", award.rule)),
        asset=award.asset,
        amount=award.amount,
        revision=award.revision,
        effective_on=award.effective_on,
        awarded_at=award.awarded_at,
        facts=award.facts,
        terms=award.terms.parameters,
        terms_from=award.terms.valid_from,
    )


def newest() -> QuerySet[Award]:
    """Awards that no later revision replaced."""
    later = Award.objects.filter(
        holder=OuterRef("holder"),
        rule=OuterRef("rule"),
        fact_key=OuterRef("fact_key"),
        asset=OuterRef("asset"),
        revision__gt=OuterRef("revision"),
    )
    return Award.objects.filter(~Exists(later))


def sunlight_given(
    *, campus: Campus, day: date, rules: Collection[str], holders: Sequence[int], but: str = ""
) -> Mapping[int, Given]:
    """
    Holder id -> sunlight that `rules` gave in the day's week (Monday to Sunday).

    The rule `but` does not count on `day` itself. Holders who were given none are absent.
    """
    monday = day - timedelta(days=day.weekday())
    rows = newest().filter(
        among(holders),
        asset=Asset.SUN,
        effective_on__in=[monday + timedelta(days=n) for n in range(7)],
        rule__in=sorted(rules),
        holder__campus=campus,
    )
    rows = rows.exclude(rule=but, effective_on=day)
    sums = rows.values("holder_id").annotate(
        day=Sum("amount", filter=Q(effective_on=day)), week=Sum("amount")
    )
    return {row["holder_id"]: Given(row["day"] or 0, row["week"]) for row in sums}


def among(holders: Sequence[int]) -> Q:
    """Rows of some holders: named one by one when few, else all between the first and the last."""
    few = 200  # names cost parameters, of which the oldest SQLite takes 999
    if len(holders) <= few:
        return Q(holder__in=holders)
    return Q(holder__gte=min(holders), holder__lte=max(holders))


def paid(*, holder: Holder, rule: str, day: date) -> Deed:
    """How many facts a rule has paid a holder for, ever and around `day`."""
    rows = newest().filter(holder=holder, rule=rule, amount__gt=0)
    days = list(dict(rows.values_list("fact_key", "effective_on")).values())
    monday = day - timedelta(days=day.weekday())
    term = places.term_on(campus=holder.campus, day=day)
    return Deed(
        paid_ever=len(days),
        paid_this_week=sum(monday <= on < monday + timedelta(days=7) for on in days),
        paid_today=days.count(day),
        paid_this_term=sum(term.starts_on <= on < term.ends_on for on in days) if term else 0,
    )


def carbon_given(
    *, campus: Campus, day: date, besides: str = "", holder: Holder | None = None
) -> Mapping[int, int]:
    """
    Holder id -> carbon points of the term of `day`, without the rule `besides` on `day` itself.

    Empty outside a term.
    """
    term = places.term_on(campus=campus, day=day)
    if term is None:
        return {}
    rows = newest().filter(
        asset=Asset.CP, effective_on__gte=term.starts_on, effective_on__lt=term.ends_on
    )
    rows = rows.filter(holder=holder) if holder else rows.filter(holder__campus=campus)
    sums = rows.exclude(rule=besides, effective_on=day).values("holder_id")
    return dict(sums.annotate(total=Sum("amount")).values_list("holder_id", "total"))


def budget_on(*, campus: Campus, day: date) -> Budget | None:
    """The budget that pays for what is issued on a local day; None before the first one."""
    rows = Budget.objects.filter(campus=campus, valid_from__lte=day)
    return rows.order_by("-valid_from").first()


def budgets_from(*, campus: Campus, day: date) -> list[Budget]:
    """The budget in force on a local day and those that begin later, in the order of days."""
    now = budget_on(campus=campus, day=day)
    later = Budget.objects.filter(campus=campus, valid_from__gt=day).order_by("valid_from")
    return [*([now] if now else []), *later]


def budgets(*, campus: Campus) -> list[Budget]:
    """Every budget of a campus, the newest first."""
    return list(Budget.objects.filter(campus=campus).order_by("-valid_from"))


def terms_through_time(*, campus: Campus, rule: str) -> list[RuleTerms]:
    """The terms of a rule, the newest first."""
    return list(RuleTerms.objects.filter(campus=campus, rule=rule).order_by("-valid_from"))


def left_of(*, budget: Budget) -> int:
    """
    Points that can still be issued from a budget in force; never below 0.

    None once a settlement had to be shared out, even where rounding left a few.
    """
    if Ration.objects.filter(budget=budget, wanted__gte=F("left")).exists():
        return 0
    since = clock.day_starts(budget.valid_from, zone=budget.campus.zone)
    used = ledger.issued(campus=budget.campus, asset=Asset.CP, since=since)
    return max(budget.points - used, 0)
