"""Reading settlements, newest revisions only, and what they rest on."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q

from campus.people.models import Holder
from campus.places.models import Campus, Room, Term
from meters.savings.emissions import factor_on
from meters.savings.facts import (
    BaselineFact,
    FactorFact,
    PlaceboFact,
    SettlementFact,
    SettlementOfRoom,
)
from meters.savings.models import Baseline, EmissionFactor, SavingSettlement, SettlementSnapshot
from meters.savings.queries.days import residents_of


def settlements_ended(*, campus: Campus, day: date) -> list[SettlementFact]:
    """
    The settlements whose period ended with `day`, and those that late data of `day` corrected.

    A corrected one has a revision above 1 and may have ended later than `day`. Comparison rooms are
    among them with 0 Wh. On most days there is none.
    """
    after = day + timedelta(days=1)
    rows = SavingSettlement.objects.filter(ends_on__gte=after, snapshot__campus=campus)
    told = rows.defer("facts").select_related("occupancy", "baseline")
    first = {_period(row): row.pk for row in told if row.revision == 1}
    newest = [row for row in _newest(told) if row.ends_on == after or row.revision > 1]
    holders = residents_of(occupancy_ids={row.occupancy_id for row in newest})
    return [
        _fact(row, holders.get(row.occupancy_id, ()), settlement_id=first[_period(row)])
        for row in newest
    ]


def settlements_of(*, holder: Holder, limit: int = 60) -> list[SettlementOfRoom]:
    """The settlements of the occupancies a person was part of, newest first."""
    rows = SavingSettlement.objects.filter(occupancy__residents=holder)
    newest = _newest(rows.defer("facts").select_related("baseline__cohort"))
    newest.sort(key=lambda row: row.ends_on, reverse=True)
    return [
        SettlementOfRoom(
            settlement_id=row.pk,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            counts_from=row.baseline.cohort.counts_from,
            expected_wh=row.expected_wh,
            actual_wh=row.actual_wh,
            settled_wh=row.settled_wh,
            booked_wh=row.booked_wh,
            co2_g=row.settled_co2_g,
            revision=row.revision,
        )
        for row in newest[:limit]
    ]


def baseline_of(*, room: Room, term: Term, day: date) -> BaselineFact | None:
    """The baseline by which the occupancy of a room is measured on a day; None before it stands."""
    stays = Q(occupancy__ends_on__isnull=True) | Q(occupancy__ends_on__gt=day)
    rows = Baseline.objects.filter(
        stays, occupancy__room=room, occupancy__starts_on__lte=day, cohort__term=term
    )
    row = rows.select_related("cohort").order_by("cohort__counts_from").first()
    if row is None:
        return None
    return BaselineFact(
        version=row.version,
        kind=row.cohort.kind,
        level_wh=row.level_wh,
        history_days=row.history_days,
        comparison_rooms=row.cohort.comparison_rooms,
        counts_from=row.cohort.counts_from,
    )


def factor_of(*, campus: Campus, day: date) -> FactorFact | None:
    """What a kWh of the campus's grid emits by the factor of a day."""
    rows = EmissionFactor.objects.filter(region=campus.factor_region)
    found = factor_on(list(rows), day=day)
    if found is None:
        return None
    return FactorFact(found.kg_per_kwh, found.gas, found.year, found.source)


def placebo(*, campus: Campus, day: date) -> PlaceboFact | None:
    """The placebo figure of the newest settlement that ended by `day`."""
    rows = SettlementSnapshot.objects.filter(campus=campus, ends_on__lte=day)
    row = rows.order_by("-ends_on").only("ends_on", "placebo_wh", "comparison_wh").first()
    return PlaceboFact(row.ends_on, row.placebo_wh, row.comparison_wh) if row else None


def _newest(rows: Iterable[SavingSettlement]) -> list[SavingSettlement]:
    ordered = sorted(rows, key=lambda row: (row.ends_on, row.occupancy_id, row.revision))
    return list({_period(row): row for row in ordered}.values())


def _period(row: SavingSettlement) -> tuple[int, date]:
    """What all revisions of a settlement share."""
    return row.occupancy_id, row.starts_on


def _fact(row: SavingSettlement, holders: Iterable[int], *, settlement_id: int) -> SettlementFact:
    stay = row.occupancy
    first = max(row.starts_on, stay.starts_on)
    last = min(row.ends_on, stay.ends_on or row.ends_on)
    nights = max((last - first).days, 0)
    return SettlementFact(
        settlement_id=settlement_id,
        occupancy_id=row.occupancy_id,
        room_id=stay.room_id,
        part=row.baseline.part,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        settled_wh=row.settled_wh,
        co2_g=row.settled_co2_g,
        revision=row.revision,
        nights=dict.fromkeys(holders, nights),
    )
