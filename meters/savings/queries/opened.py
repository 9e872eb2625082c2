"""Opening a credit: the baseline, the days and the figures of the rule that it came from."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
from django.db.models import QuerySet

from campus.people.models import Holder
from campus.places.models import Enrolment
from meters.savings.evidence import confidence, drift_told
from meters.savings.facts import CreditFact, DayOfCredit, SoFarFact
from meters.savings.models import SavingEstimate, SavingSettlement
from meters.savings.rule import Rule


def credit_of(*, holder: Holder, starts_on: date) -> CreditFact | None:
    """
    The settlement of the period that began on a day, opened; None if the holder had none.

    Residents of comparison rooms have none to open: they are told no figure of their room.
    """
    row = _settlements(holder).filter(starts_on=starts_on).first()
    if row is None:
        return None
    facts, cohort = row.facts, row.baseline.cohort
    shared: Mapping[str, Any] = row.snapshot.facts
    yard, pool = shared["cohorts"][str(facts["cohort"])], shared["pools"][str(facts["floor"])]
    ramp = Rule.of_facts(shared["rule"]).own
    return CreditFact(
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        revision=row.revision,
        counts_from=cohort.counts_from,
        learns_from=cohort.learns_from,
        kind=cohort.kind,
        version=row.baseline.version,
        history_days=row.baseline.history_days,
        comparison_rooms=cohort.comparison_rooms,
        level_wh=row.baseline.level_wh,
        away_below=row.baseline.away_permille / 1000,
        counted_days=facts["days"],
        baseline_wh=round(facts["baseline_wh"]),
        used_wh=round(facts["used_wh"]),
        drift=drift_told(yard),
        saving=facts["saving"],
        sigma=facts["sigma"],
        sure_from=ramp.low,
        sure_at=ramp.high,
        sure=float(confidence(np.array(facts["saving"] / facts["sigma"]), ramp)),
        floor_rooms=pool["rooms"],
        floor_saving=pool["saving"],
        floor_sigma=pool["sigma"],
        own_wh=round(facts["own_wh"]),
        shared_wh=round(facts["shared_wh"]),
        booked_wh=row.booked_wh,
        settled_wh=row.settled_wh,
        days=tuple(_days(row)),
    )


def so_far_of(*, holder: Holder) -> SoFarFact | None:
    """What was saved to the newest settlement, with the range it is known by."""
    row = _settlements(holder).order_by("-ends_on", "-revision").first()
    if row is None:
        return None
    expected, saving, sigma = (row.facts[name] for name in ("baseline_wh", "saving", "sigma"))
    return SoFarFact(
        counts_from=row.baseline.cohort.counts_from,
        ends_on=row.ends_on,
        saved_wh=round(expected * saving),
        low_wh=round(expected * (saving - sigma)),
        high_wh=round(expected * (saving + sigma)),
        booked_wh=row.booked_wh,
        percent=round(100 * saving),
    )


def _settlements(holder: Holder) -> QuerySet[SavingSettlement]:
    rows = SavingSettlement.objects.filter(
        occupancy__residents=holder, baseline__part=Enrolment.Part.ENROLLED
    )
    return rows.select_related("baseline__cohort", "snapshot").order_by("-occupancy", "-revision")


def _days(row: SavingSettlement) -> list[DayOfCredit]:
    """The days that the sums run over, newest revisions, in order."""
    rows = SavingEstimate.objects.filter(
        baseline=row.baseline, day__gte=row.baseline.cohort.counts_from, day__lt=row.ends_on
    )
    columns = ("day", "baseline_wh", "expected_wh", "actual_wh", "verdict")
    newest = {told[0]: told for told in rows.order_by("day", "revision").values_list(*columns)}
    return [DayOfCredit(*told) for told in newest.values()]
