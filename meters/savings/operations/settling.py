"""Settlements: what is paid for, week by week; and their revisions when readings are corrected."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from campus.places.models import Campus, Term
from campus.places.queries import term_on
from meters.savings.calendar import Bools
from meters.savings.emissions import grams
from meters.savings.evidence import Yardstick
from meters.savings.models import EmissionFactor, SavingSettlement, SettlementSnapshot
from meters.savings.operations.factors import factor_for
from meters.savings.pooling import Pool
from meters.savings.queries.agreed import rule_of
from meters.savings.queries.books import Book, Past, books_of, settled_before
from meters.savings.rule import Rule
from meters.savings.settlement import Credit, Measured, Sums, credit, judged, measure, pools_of
from meters.savings.timetable import enough_measured, settles_on

_CHUNK = 1000


def settle_due(*, campus: Campus, day: date, at: datetime) -> int:
    """
    Settle the campus where a period ends with `day`, else judge late data of settled days anew.

    Returns how many settlements are new, revisions included. A snapshot is taken once; what is
    corrected later is judged by it, so that a correction of a room changes that room alone.

    :raises NoFactor: if no emission factor is known for the campus
    """
    term = term_on(campus=campus, day=day)
    if term is None:
        return 0
    with transaction.atomic():
        settled = list(term.snapshots.filter(ends_on__gt=day).order_by("ends_on"))
        if settled:
            return _settle_again(campus, term, settled, at=at)
        days = (term.ends_on - term.starts_on).days
        if settles_on(position=(day - term.starts_on).days, days=days):
            return _settle(campus, term, ends_on=day + timedelta(days=1), at=at)
    return 0


@dataclass(frozen=True, slots=True)
class _Verdict:
    """A book as it is judged at a settlement; the arrays go by its rooms."""

    book: Book
    sums: Sums
    measured: Measured
    credit: Credit
    placebo: Credit

    def wh(self, row: int) -> int:
        """What is sure to have been saved to date."""
        found = self.placebo if self.book.rows.comparison[row] else self.credit
        return round(float(found.wh[row]))

    def facts(self, row: int) -> dict[str, Any]:
        """Every figure of the rule for one room."""
        rows, found = self.book.rows, self.credit
        return {
            "cohort": rows.cohort.pk,
            "counts_from": rows.cohort.counts_from.isoformat(),
            "floor": int(rows.floor_id[row]),
            "days": int(self.sums.days[row]),
            "baseline_wh": float(self.sums.expected[row]),
            "used_wh": float(self.sums.used[row]),
            "saving": float(self.measured.saving[row]),
            "sigma": float(self.measured.sigma[row]),
            "shared_wh": float(found.shared[row]),
            "own_wh": float(found.own[row]),
        }


@dataclass(frozen=True, slots=True)
class _Shared:
    """What a snapshot keeps of the rule: yardsticks by cohort, pools by floor."""

    rule: Rule
    yards: Mapping[int, Yardstick]
    pools: Mapping[int, Pool]
    placebo_pools: Mapping[int, Pool]

    def facts(self, books: Sequence[Book]) -> dict[str, Any]:
        return {
            "rule": self.rule.facts(),
            "cohorts": {str(pk): asdict(yard) for pk, yard in self.yards.items()},
            "pools": {str(pk): asdict(pool) for pk, pool in self.pools.items()},
            "placebo_pools": {str(pk): asdict(pool) for pk, pool in self.placebo_pools.items()},
            "inputs": {str(book.rows.cohort.pk): _inputs(book, self.rule) for book in books},
        }

    @classmethod
    def of_facts(cls, facts: Mapping[str, Any]) -> "_Shared":
        return cls(
            rule=Rule.of_facts(facts["rule"]),
            yards={int(pk): Yardstick.of_facts(told) for pk, told in facts["cohorts"].items()},
            pools={int(pk): Pool(**told) for pk, told in facts["pools"].items()},
            placebo_pools={int(pk): Pool(**told) for pk, told in facts["placebo_pools"].items()},
        )


def _inputs(book: Book, rule: Rule) -> dict[str, Any]:
    """The comparison rooms' own sums: from them every drift and scale follows."""
    standing, peers = book.standing(rule=rule), book.rows.comparison
    return {
        "occupancy": book.rows.occupancy_id[peers].tolist(),
        "expected_wh": standing.sums.expected[peers].tolist(),
        "used_wh": standing.sums.used[peers].tolist(),
        "shape": standing.shape[peers].tolist(),
        "prior_scale": standing.prior_scale,
    }


def _judge(book: Book, shared: _Shared) -> _Verdict:
    standing = book.standing(rule=shared.rule)
    measured = measure(standing, yard=shared.yards[book.rows.cohort.pk])
    return _Verdict(
        book=book,
        sums=standing.sums,
        measured=measured,
        credit=credit(measured, pools=shared.pools, rule=shared.rule),
        placebo=credit(measured, pools=shared.placebo_pools, rule=shared.rule),
    )


def _take(books: Sequence[Book], present: Sequence[Bools], *, rule: Rule) -> _Shared:
    """Measure the comparison rooms and pool the floors, once."""
    pairs = list(zip(books, present, strict=True))
    standings = [book.standing(rule=rule) for book in books]
    enrolled = [who & book.home & ~book.rows.comparison for book, who in pairs]
    peers = [who & book.home & book.rows.comparison for book, who in pairs]
    yards = [
        judged(standing, comparison=book.rows.comparison & who, enrolled=asked, rule=rule)
        for standing, (book, who), asked in zip(standings, pairs, enrolled, strict=True)
    ]
    measured = [measure(s, yard=yard) for s, yard in zip(standings, yards, strict=True)]
    return _Shared(
        rule=rule,
        yards={book.rows.cohort.pk: yard for book, yard in zip(books, yards, strict=True)},
        pools=pools_of(measured, members=enrolled, rule=rule),
        placebo_pools=pools_of(measured, members=peers, rule=rule),
    )


def _settle(campus: Campus, term: Term, *, ends_on: date, at: datetime) -> int:
    books = books_of(campus=campus, term=term, ends_on=ends_on)
    if not books:
        return 0
    last = term.snapshots.order_by("-ends_on").values_list("ends_on", flat=True).first()
    present = [book.present(since=last or term.starts_on) for book in books]
    shared = _take(books, present, rule=rule_of(term=term))
    verdicts = [_judge(book, shared) for book in books]
    past = settled_before(term=term, ends_on=ends_on)
    snapshot = SettlementSnapshot.objects.create(
        campus=campus,
        term=term,
        ends_on=ends_on,
        facts=shared.facts(books),
        settled_at=at,
        **_placebo(verdicts, past),
    )
    factor = factor_for(campus=campus, day=ends_on - timedelta(days=1))
    new = [
        _row(verdict, row, snapshot=snapshot, past=past, factor=factor, at=at)
        for verdict, who in zip(verdicts, present, strict=True)
        for row in _settled(verdict.book, who).tolist()
    ]
    SavingSettlement.objects.bulk_create(new, batch_size=_CHUNK)
    return len(new)


def _settled(book: Book, present: Bools) -> NDArray[np.int64]:
    """The rooms that are settled now; those with too few measured days wait, losing nothing."""
    return np.flatnonzero(present & book.home & enough_measured(book.use, there=book.there))


def _placebo(verdicts: Sequence[_Verdict], past: Mapping[int, Past]) -> dict[str, int]:
    """What the rule would have booked for rooms that nobody asked to save, and what they used."""
    peers = [
        (verdict, row)
        for verdict in verdicts
        for row in np.flatnonzero(verdict.book.rows.comparison & verdict.book.home).tolist()
    ]
    booked = [_after(v, row, past).placebo_wh for v, row in peers]
    used = sum(float(v.sums.used[row]) for v, row in peers)
    return {"placebo_wh": sum(booked), "comparison_wh": round(used)}


def _after(verdict: _Verdict, row: int, past: Mapping[int, Past]) -> Past:
    """Where an occupancy stands after this settlement: a high-water mark, it never goes back."""
    book = verdict.book
    before = past.get(int(book.rows.occupancy_id[row]), Past(book.rows.cohort.counts_from, 0, 0))
    wh = verdict.wh(row)
    if book.rows.comparison[row]:
        return Past(book.ends_on, 0, max(before.placebo_wh, wh))
    return Past(book.ends_on, max(before.booked_wh, wh), 0)


def _row(
    verdict: _Verdict,
    row: int,
    *,
    snapshot: SettlementSnapshot,
    past: Mapping[int, Past],
    factor: EmissionFactor,
    at: datetime,
) -> SavingSettlement:
    rows = verdict.book.rows
    occupancy = int(rows.occupancy_id[row])
    before = past.get(occupancy)
    after = _after(verdict, row, past)
    settled = after.booked_wh - (before.booked_wh if before else 0)
    yard = verdict.measured.yard
    return SavingSettlement(
        occupancy_id=occupancy,
        term_id=rows.cohort.term_id,
        snapshot=snapshot,
        starts_on=before.ends_on if before else rows.cohort.counts_from,
        ends_on=snapshot.ends_on,
        baseline_id=int(rows.baseline_id[row]),
        expected_wh=round(float(verdict.sums.expected[row]) * (1 - yard.drift)),
        actual_wh=round(float(verdict.sums.used[row])),
        settled_wh=settled,
        booked_wh=after.booked_wh,
        factor=factor,
        settled_co2_g=grams(wh=settled, kg_per_kwh=factor.kg_per_kwh),
        facts={**verdict.facts(row), "placebo_wh": after.placebo_wh},
        settled_at=at,
    )


_JUDGED = ("expected_wh", "actual_wh", "settled_wh", "booked_wh")


def _settle_again(
    campus: Campus, term: Term, snapshots: Sequence[SettlementSnapshot], *, at: datetime
) -> int:
    """Judge settled periods by their own snapshots; what differs becomes a new revision."""
    books = books_of(campus=campus, term=term, ends_on=snapshots[-1].ends_on)
    past = dict(settled_before(term=term, ends_on=snapshots[0].ends_on))
    new = 0
    for snapshot in snapshots:
        changed = list(_revisions(books, snapshot, past=past, at=at))
        SavingSettlement.objects.bulk_create(changed, batch_size=_CHUNK)
        new += len(changed)
    return new


def _revisions(
    books: Sequence[Book], snapshot: SettlementSnapshot, *, past: dict[int, Past], at: datetime
) -> Iterator[SavingSettlement]:
    """The settlements of one snapshot that come out otherwise; `past` moves on with them."""
    shared = _Shared.of_facts(snapshot.facts)
    known = {
        row.occupancy_id: row
        for row in snapshot.settlements.select_related("factor").order_by("revision")
    }
    then = [book.until(snapshot.ends_on) for book in books if book.rows.cohort.pk in shared.yards]
    for verdict in [_judge(book, shared) for book in then]:
        for row in np.flatnonzero(verdict.book.home).tolist():
            found = known.get(int(verdict.book.rows.occupancy_id[row]))
            if found is None:
                continue
            again = _row(verdict, row, snapshot=snapshot, past=past, factor=found.factor, at=at)
            past[found.occupancy_id] = _after(verdict, row, past)
            if any(getattr(again, name) != getattr(found, name) for name in _JUDGED):
                again.revision = found.revision + 1
                yield again
