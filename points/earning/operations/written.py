"""Verdicts as awards: new ones, and new revisions where a corrected fact changes the amount."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import numpy as np

from campus import bulk
from campus.places.models import Campus
from points.earning.models import Award
from points.earning.queries import SOURCE, among
from points.ledger import operations as ledger
from points.ledger import queries as book
from points.ledger.models import Asset, Code, Transfer
from points.ledger.moves import CreditBatch

Key = tuple[int, str, str, str]
COLUMNS = (
    "rule", "fact_key", "holder", "revision", "asset", "amount", "terms", "effective_on", "facts",
    "awarded_at",
)  # fmt: skip
CORRECTED = "a reading was corrected"
CODES = {"saving": Code.SAVING, "average": Code.AVERAGE, "activity": Code.ATTENDANCE}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a fact earns a holder, as judged now. `once` is not revised when judged otherwise."""

    rule: str
    fact_key: str
    holder_id: int
    asset: str
    amount: int
    effective_on: date
    terms_id: int
    facts: Mapping[str, Any]
    once: bool = False

    def key(self) -> Key:
        """Names the award of all its revisions."""
        return (self.holder_id, self.rule, self.fact_key, self.asset)


class Before(NamedTuple):
    """The newest award of a fact, as far as the next one must know it."""

    award_id: int
    revision: int
    amount: int


def write(*, campus: Campus, verdicts: Sequence[Verdict], at: datetime, run_id: int | None) -> int:
    """
    Keep verdicts that say something new, and post their carbon points in the same transaction.

    A verdict of nothing is kept only where it takes back an earlier one. Must be called inside a
    transaction. Returns how many were kept.
    """
    wallets = {each.holder_id for each in verdicts if each.asset == Asset.CP}
    if wallets:
        # All at once and before all else: wallets are locked in one order everywhere.
        ledger.lock_wallets(holders=sorted(wallets), asset=Asset.CP)
    known = _known(verdicts)
    new = [each for each in verdicts if _news(each, known)]
    _pay([each for each in new if each.asset == Asset.CP], known, campus, at, run_id)
    _keep([each for each in new if each.asset != Asset.CP], known, at)
    return len(new)


def _known(verdicts: Sequence[Verdict]) -> dict[Key, Before]:
    """The newest award of each verdict's fact, where there is one."""
    days: dict[date, set[int]] = defaultdict(set)
    for each in verdicts:
        days[each.effective_on].add(each.holder_id)
    rules = {each.rule for each in verdicts}
    columns = ("holder_id", "rule", "fact_key", "asset", "pk", "revision", "amount")
    found = {}
    for day, holders in days.items():
        rows = Award.objects.filter(among(sorted(holders)), effective_on=day, rule__in=rules)
        for *key, award, revision, amount in rows.order_by("revision").values_list(*columns):
            holder, rule, fact_key, asset = key
            found[holder, rule, fact_key, asset] = Before(award, revision, amount)
    return found


def _news(verdict: Verdict, known: Mapping[Key, Before]) -> bool:
    before = known.get(verdict.key())
    if before is None:
        return verdict.amount > 0
    return not verdict.once and before.amount != verdict.amount


def _revision(verdict: Verdict, known: Mapping[Key, Before]) -> int:
    before = known.get(verdict.key())
    return before.revision + 1 if before else 1


def _keep(verdicts: Sequence[Verdict], known: Mapping[Key, Before], at: datetime) -> None:
    """Sunlight: the game makes drops of it, so nobody must be told the new awards' ids."""
    rows = (
        (
            each.rule, each.fact_key, each.holder_id, _revision(each, known), each.asset,
            each.amount, each.terms_id, each.effective_on, each.facts, at,
        )
        for each in verdicts
    )  # fmt: skip
    bulk.insert(model=Award, columns=COLUMNS, rows=rows)


def _pay(
    verdicts: Sequence[Verdict],
    known: Mapping[Key, Before],
    campus: Campus,
    at: datetime,
    run_id: int | None,
) -> None:
    """Carbon points: the awards, and what each of them moves in the book."""
    new = [_award(each, _revision(each, known), at) for each in verdicts]
    Award.objects.bulk_create(new, batch_size=1000)
    _post([each for each in new if not _old(each, known)], campus, at, run_id)
    for each in new:
        _correct(each, _old(each, known), at, run_id)


def _award(verdict: Verdict, revision: int, at: datetime) -> Award:
    return Award(
        rule=verdict.rule,
        fact_key=verdict.fact_key,
        holder_id=verdict.holder_id,
        revision=revision,
        asset=verdict.asset,
        amount=verdict.amount,
        terms_id=verdict.terms_id,
        effective_on=verdict.effective_on,
        facts=verdict.facts,
        awarded_at=at,
        posted_at=at,
    )


def _old(award: Award, known: Mapping[Key, Before]) -> Before | None:
    """The award it replaces, if that one gave something."""
    before = known.get((award.holder_id, award.rule, award.fact_key, award.asset))
    return before if before and before.amount else None


def _post(awards: Iterable[Award], campus: Campus, at: datetime, run_id: int | None) -> None:
    """Credit new awards, set by set of one code."""
    giving = [award for award in awards if award.amount]
    for code in sorted({_code(award) for award in giving}):
        same = [award for award in giving if _code(award) == code]
        rows = CreditBatch(
            holder_id=np.array([award.holder_id for award in same], np.int64),
            amount=np.array([award.amount for award in same], np.int64),
            source_id=[str(award.pk) for award in same],
            revision=np.array([award.revision for award in same], np.int64),
            effective_on=[award.effective_on for award in same],
        )
        ledger.credit_many(
            campus=campus,
            asset=Asset.CP,
            rows=rows,
            code=code,
            source_kind=SOURCE,
            at=at,
            run_id=run_id,
        )


def _code(award: Award) -> str:
    return CODES.get(str(award.facts["kind"]), Code.SAVING)


def _correct(award: Award, before: Before | None, at: datetime, run_id: int | None) -> None:
    """Take back what an earlier revision posted, and post what is right now."""
    if before is None:
        return
    ledger.correct(
        transfer=_posted(before.award_id),
        amount=award.amount,
        source_kind=SOURCE,
        source_id=str(award.pk),
        revision=award.revision,
        at=at,
        reason=CORRECTED,
        night_run=run_id,
    )


def _posted(award_id: int) -> Transfer:
    """The credit that an award posted; what it repaid of a debt beside it stays repaid."""
    rows = book.transfers_of(source_kind=SOURCE, source_id=str(award_id))
    return next(row for row in rows if row.leg == 0)
