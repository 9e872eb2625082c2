"""Reading what the next settlement may bring a room."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from campus.places.models import Enrolment, Room, Term
from meters.savings.evidence import drift_told
from meters.savings.facts import ProjectionFact
from meters.savings.models import Baseline, SavingEstimate, SavingSettlement
from meters.savings.pooling import Pool
from meters.savings.projection import SoFar, ahead
from meters.savings.queries.agreed import rule_of
from meters.savings.rule import FIRST_AFTER, Rule
from meters.savings.timetable import settlement_ends

_LEFT_OUT = (
    SavingEstimate.Verdict.AWAY,
    SavingEstimate.Verdict.NO_DATA,
    SavingEstimate.Verdict.WARNED,
)


def projection_of(*, room: Room, term: Term, day: date) -> ProjectionFact | None:
    """
    What the next settlement after the closed `day` may add for an enrolled room, with its range.

    None for comparison rooms, before baselines stand, and when the term settles no more.
    """
    baseline = _baseline(room, term, day)
    ends_on = _next_end(term, baseline, day) if baseline else None
    if baseline is None or ends_on is None:
        return None
    rule = rule_of(term=term)
    counted = _counted(baseline, day, rule=rule)
    if not counted:
        return None
    so_far = _so_far(baseline, counted, ends_on=ends_on, day=day, rule=rule)
    likely, low, high = ahead(so_far, rule=rule)
    return ProjectionFact(ends_on=ends_on, saved_wh=likely, low_wh=low, high_wh=high)


def _baseline(room: Room, term: Term, day: date) -> Baseline | None:
    rows = Baseline.objects.filter(
        Q(occupancy__ends_on__isnull=True) | Q(occupancy__ends_on__gt=day),
        occupancy__room=room,
        occupancy__starts_on__lte=day,
        cohort__term=term,
        part=Enrolment.Part.ENROLLED,
    )
    return rows.select_related("cohort", "occupancy").order_by("cohort__counts_from").first()


def _next_end(term: Term, baseline: Baseline, day: date) -> date | None:
    """The first settlement after `day` that the room is old enough for."""
    ready = baseline.cohort.counts_from + timedelta(days=FIRST_AFTER)
    days = (term.ends_on - term.starts_on).days
    ends = (term.starts_on + timedelta(days=n) for n in settlement_ends(days=days))
    return next((end for end in ends if end > day + timedelta(days=1) and end >= ready), None)


def _counted(baseline: Baseline, day: date, *, rule: Rule) -> list[tuple[int, float]]:
    """(baseline, use as it counts) of each day that counts."""
    needed = rule.comfort_wh * baseline.occupancy.people
    rows = SavingEstimate.objects.filter(baseline=baseline, day__lte=day).order_by("revision")
    newest = {
        on: (wh, used, verdict)
        for on, wh, used, verdict in rows.values_list("day", "baseline_wh", "actual_wh", "verdict")
    }
    return [
        (wh, max(used, rule.day_cap * wh, min(wh, needed)))
        for wh, used, verdict in newest.values()
        if used is not None and verdict not in _LEFT_OUT
    ]


def _so_far(
    baseline: Baseline, counted: list[tuple[int, float]], *, ends_on: date, day: date, rule: Rule
) -> SoFar:
    first = baseline.cohort.counts_from
    days, days_then = (day - first).days + 1, (ends_on - first).days
    last = _last(baseline, day)
    told = last.snapshot.facts if last else None
    expected = sum(wh for wh, _used in counted)
    used = sum(use for _wh, use in counted)
    yard = _yard(baseline, told)
    observed = baseline.cohort.kind == baseline.cohort.Kind.OBSERVED
    scale = yard["scale"] if told else rule.prior(observed=observed, days=days_then)
    return SoFar(
        saving=1 - used / expected - drift_told(yard),
        sigma=baseline.inputs["shape"] * scale,
        expected_wh=expected,
        days=days,
        days_then=days_then,
        booked_wh=last.booked_wh if last else 0,
        pool=_pool(told, floor=last.facts["floor"]) if last and told else None,
    )


def _last(baseline: Baseline, day: date) -> SavingSettlement | None:
    after = day + timedelta(days=1)
    rows = SavingSettlement.objects.filter(baseline=baseline, ends_on__lte=after)
    return rows.select_related("snapshot").order_by("-ends_on", "-revision").first()


def _yard(baseline: Baseline, told: Mapping[str, Any] | None) -> Mapping[str, float]:
    found: Mapping[str, float] = (
        told["cohorts"][str(baseline.cohort_id)] if told else baseline.cohort.inputs
    )
    return found


def _pool(told: Mapping[str, Any], *, floor: int) -> Pool | None:
    facts = told["pools"].get(str(floor))
    return Pool(**facts) if facts else None
