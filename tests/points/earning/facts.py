"""What the meters would have told, put straight into their tables."""

from datetime import UTC, date, datetime, timedelta

from campus.nights.models import NightRun
from campus.people.models import Holder, Occupancy
from campus.places.models import Campus, Enrolment, Room
from meters.savings.models import (
    Baseline,
    Cohort,
    EmissionFactor,
    SavingEstimate,
    SavingSettlement,
    SettlementSnapshot,
)
from points.earning import operations
from tests import factories

DAY = date(2026, 4, 6)  # a Monday
NOW = datetime(2026, 4, 6, 21, tzinfo=UTC)  # 06:00 of the next day in Seoul


def a_programme() -> Campus:
    """A campus whose default terms are in force."""
    campus = factories.a_campus()
    operations.install_default_terms(campus=campus, valid_from=factories.TERM[0])
    return campus


def a_home(*, people: int = 2, part: str = Enrolment.Part.ENROLLED) -> Occupancy:
    """A room in the programme with people in it."""
    kind = factories.a_room_type(code="four", beds=4)
    room = factories.a_room(kind=kind)
    factories.an_enrolment(room=room, part=part)
    for _person in range(people):
        factories.a_student(room=room, since=factories.SINCE)
    return room.occupancies.latest("pk")


def residents(home: Occupancy) -> list[Holder]:
    """Who lives there, by id."""
    return list(home.residents.order_by("pk"))


def a_cohort(campus: Campus) -> Cohort:
    """The cohort of the term."""
    term = factories.a_term(campus=campus)
    cohort, _new = Cohort.objects.get_or_create(
        campus=campus,
        term=term,
        kind=Cohort.Kind.HISTORY,
        defaults={
            "learns_from": term.starts_on - timedelta(days=365),
            "counts_from": term.starts_on,
            "comparison_rooms": 5,
            "inputs": {},
            "frozen_at": NOW,
        },
    )
    return cohort


def a_baseline(home: Occupancy) -> Baseline:
    """The baseline of an occupancy, with its part in the programme."""
    part = Enrolment.objects.get(room=home.room).part
    baseline, _new = Baseline.objects.get_or_create(
        cohort=a_cohort(home.room.residence.campus),
        occupancy=home,
        defaults={
            "part": part,
            "version": 1,
            "level_wh": 4000,
            "history_days": 365,
            "away_permille": 400,
            "inputs": {},
        },
    )
    return baseline


def an_estimate(
    home: Occupancy,
    *,
    saved: int = 10,
    day: date = DAY,
    verdict: str = "COUNTED",
    revision: int = 1,
) -> SavingEstimate:
    """A day of an occupancy on which it saved `saved` percent of 4 kWh."""
    measured = verdict != "NO_DATA"
    return SavingEstimate.objects.create(
        occupancy=home,
        day=day,
        revision=revision,
        baseline=a_baseline(home),
        baseline_wh=4000,
        expected_wh=4000,
        actual_wh=4000 - 40 * saved if measured else None,
        verdict=verdict,
        use_revision=revision,
    )


def a_settlement(
    home: Occupancy, *, co2_g: int, ends_on: date = DAY + timedelta(days=1), revision: int = 1
) -> SavingSettlement:
    """A settled week of an occupancy."""
    campus, term = home.room.residence.campus, factories.a_term()
    snapshot, _new = SettlementSnapshot.objects.get_or_create(
        term=term,
        ends_on=ends_on,
        defaults={
            "campus": campus,
            "facts": {},
            "placebo_wh": 0,
            "comparison_wh": 0,
            "settled_at": NOW,
        },
    )
    factor, _new = EmissionFactor.objects.get_or_create(
        region="KR",
        valid_from=date(2020, 1, 1),
        defaults={"kg_per_kwh": "0.41730", "gas": "CO2e", "year": "2023", "source": "test"},
    )
    return SavingSettlement.objects.create(
        occupancy=home,
        term=term,
        snapshot=snapshot,
        starts_on=ends_on - timedelta(days=7),
        ends_on=ends_on,
        revision=revision,
        baseline=a_baseline(home),
        expected_wh=0,
        actual_wh=0,
        settled_wh=co2_g * 2,
        booked_wh=co2_g * 2,
        factor=factor,
        settled_co2_g=co2_g,
        facts={},
        settled_at=NOW,
    )


def a_night(*, day: date = DAY) -> NightRun:
    """The night that closes a day."""
    run, _new = NightRun.objects.get_or_create(
        campus=factories.a_campus(), day=day, defaults={"started_at": NOW}
    )
    return run


def award_night(*, day: date = DAY) -> int:
    """Award a night; after this, the same night is done."""
    run = a_night(day=day)
    return operations.award_night(campus=factories.a_campus(), day=day, at=NOW, run_id=run.pk)


def rooms(count: int) -> list[Room]:
    """Some rooms."""
    return [factories.a_room() for _room in range(count)]
