"""Before a term: its lottery and its terms."""

from datetime import UTC, datetime, timedelta

import pytest

from campus.places.models import Campus, Enrolment, Room, Term
from meters.savings import lottery
from meters.savings.models import SavingEstimate, SavingSettlement, SettlementSnapshot
from meters.savings.operations import announce_saving_terms, draw_lottery, tell_warning
from meters.savings.queries.agreed import COMFORT_WH, rule_of
from meters.savings.refusals import (
    AlreadyDrawn,
    EverybodyEnrolled,
    TermHasBegun,
    TermsTooSoon,
    TooManyComparison,
    WarningInvalid,
)
from meters.savings.rule import RAMPS
from tests import factories
from tests.meters.savings import panels

pytestmark = pytest.mark.django_db
BEFORE = datetime(2026, 2, 1, tzinfo=UTC)


def a_campus(rooms: int = 24) -> tuple[Campus, Term]:
    campus = factories.a_campus()
    home = factories.a_residence(campus=campus)
    floor, kind = factories.a_zone(residence=home), factories.a_room_type(campus=campus)
    Room.objects.bulk_create(
        Room(residence=home, floor=floor, type=kind, number=f"{n}") for n in range(rooms)
    )
    return campus, factories.a_term(
        campus=campus, starts_on=panels.STARTS_ON, ends_on=panels.day_of(56)
    )


def parts(term: Term) -> dict[str, str]:
    rows = Enrolment.objects.filter(term=term)
    return {str(uid): part for uid, part in rows.values_list("room__uid", "part")}


def test_a_draw_is_published_with_all_that_is_needed_to_draw_it_again() -> None:
    _campus, term = a_campus()
    drawn = draw_lottery(term=term, comparison=8, by=None, at=BEFORE, seed="told on the radio")
    told = parts(term)
    again = lottery.drawn(sorted(told), seed=drawn.seed)
    assert drawn.order == again
    assert {uid for uid, part in told.items() if part == "COMPARISON"} == set(again[:8])
    assert (len(told), drawn.digest) == (24, lottery.digest(list(told)))
    assert drawn.outlook["comparison"] == 8


def test_a_term_is_drawn_once() -> None:
    _campus, term = a_campus()
    draw_lottery(term=term, comparison=8, by=None, at=BEFORE)
    before = parts(term)
    with pytest.raises(AlreadyDrawn):
        draw_lottery(term=term, comparison=9, by=None, at=BEFORE)
    assert parts(term) == before


def test_the_next_years_term_draws_other_rooms() -> None:
    campus, term = a_campus()
    later = factories.a_term(
        campus=campus, starts_on=panels.day_of(364), ends_on=panels.day_of(400)
    )
    first = draw_lottery(term=term, comparison=8, by=None, at=BEFORE)
    second = draw_lottery(term=later, comparison=8, by=None, at=BEFORE)
    assert set(first.order[:8]) != set(second.order[:8])


@pytest.mark.parametrize(
    ("comparison", "reason"),
    [(0, EverybodyEnrolled), (4, EverybodyEnrolled), (13, TooManyComparison)],
)
def test_everybody_enrolled_or_hardly_anybody_is_refused_with_the_reason(
    comparison: int, reason: type[Exception]
) -> None:
    _campus, term = a_campus()
    with pytest.raises(reason):
        draw_lottery(term=term, comparison=comparison, by=None, at=BEFORE)
    assert parts(term) == {}


def test_a_term_that_has_begun_is_not_drawn() -> None:
    _campus, term = a_campus()
    with pytest.raises(TermHasBegun):
        draw_lottery(term=term, comparison=8, by=None, at=BEFORE + timedelta(days=40))


def announce(campus: Campus, *, ramp: str, days: int = 1, comfort_wh: int = 0) -> None:
    announce_saving_terms(
        campus=campus,
        valid_from=BEFORE.date() + timedelta(days=days),
        ramp=ramp,
        comfort_wh=comfort_wh,
        at=BEFORE,
    )


def test_a_term_is_settled_by_the_terms_of_its_first_day() -> None:
    campus, term = a_campus()
    assert rule_of(term=term).comfort_wh == COMFORT_WH
    announce(campus, ramp="generous", comfort_wh=500)
    announce(campus, ramp="strict", days=60)  # after the term's first day
    rule = rule_of(term=term)
    assert (rule.own, rule.comfort_wh) == (RAMPS["generous"], 500)


def test_terms_for_today_come_too_late() -> None:
    campus, _term = a_campus()
    with pytest.raises(TermsTooSoon):
        announce(campus, ramp="strict", days=0)


@pytest.mark.long
def test_a_generous_campus_pays_more_than_a_strict_one() -> None:
    paid = {}
    for ramp in ("strict", "generous"):
        made = panels.make(comparison=12, enrolled=8, days=28)
        made.use[13, made.history :] *= 0.87  # about two sigmas
        here = panels.plant(made, slug=ramp)
        announce(here.campus, ramp=ramp)
        panels.close(here, range(21))
        row = SavingSettlement.objects.get(occupancy=here.occupancies[13])
        paid[ramp] = row.settled_wh
        assert (
            SettlementSnapshot.objects.get(campus=here.campus).facts["rule"]["own"]
            == {
                "strict": {"low": 2.0, "high": 3.5},
                "generous": {"low": 1.25, "high": 2.5},
            }[ramp]
        )
    assert paid["strict"] < paid["generous"]


def test_nobody_is_paid_for_using_less_than_it_takes_to_be_well() -> None:
    booked = {}
    for comfort in (0, 2000):
        made = panels.make(comparison=12, enrolled=8, days=28)
        made.use[13, :] *= 3000 / made.use[13].mean()
        made.use[13, made.history :] *= 0.75
        here = panels.plant(made, slug=f"c{comfort}", people=2)
        announce(here.campus, ramp="default", comfort_wh=comfort)
        panels.close(here, range(21))
        row = SavingSettlement.objects.get(occupancy=here.occupancies[13])
        booked[comfort] = row.booked_wh
    assert booked[0] > 0 == booked[2000]


def test_days_of_a_weather_warning_count_for_nobody() -> None:
    made = panels.make(comparison=12, enrolled=8, days=28)
    made.use[13, made.history :] *= 0.7
    made.use[15, made.history + 5 : made.history + 10] *= 2  # who cools then loses nothing
    here = panels.plant(made)
    tell_warning(
        campus=here.campus,
        kind="HEAT",
        starts_on=panels.day_of(5),
        ends_on=panels.day_of(10),
        at=BEFORE,
    )
    panels.close(here, range(21))
    days = SavingEstimate.objects.filter(occupancy=here.occupancies[13]).order_by("day")
    verdicts = [row.verdict for row in days]
    assert verdicts[5:10] == ["WARNED"] * 5
    assert {*verdicts[:5], *verdicts[10:]} == {"COUNTED"}
    saver, cooler = (
        SavingSettlement.objects.get(occupancy=here.occupancies[place]) for place in (13, 15)
    )
    assert (saver.facts["days"], cooler.facts["days"]) == (16, 16)
    usual = made.use[15, made.history : made.history + 21].reshape(-1)
    counted = usual[[*range(5), *range(10, 21)]].sum()
    assert cooler.actual_wh == pytest.approx(counted, rel=0.01)


def test_a_warning_told_late_is_heeded_by_the_next_nights() -> None:
    here = panels.plant(panels.make(comparison=12, enrolled=8, days=28))
    panels.close(here, range(4))
    tell_warning(
        campus=here.campus,
        kind="COLD",
        starts_on=panels.day_of(2),
        ends_on=panels.day_of(4),
        at=BEFORE,
    )
    panels.close(here, range(4, 5))
    rows = SavingEstimate.objects.filter(occupancy=here.occupancies[14]).order_by("revision")
    newest = {row.day: row.verdict for row in rows}
    assert [newest[panels.day_of(n)] for n in range(5)] == [
        "COUNTED", "COUNTED", "WARNED", "WARNED", "COUNTED",
    ]  # fmt: skip


@pytest.mark.parametrize("days", [0, 32])
def test_a_warning_without_days_or_for_a_whole_season_is_refused(days: int) -> None:
    campus, term = a_campus()
    first = term.starts_on
    with pytest.raises(WarningInvalid):
        tell_warning(
            campus=campus,
            kind="HEAT",
            starts_on=first,
            ends_on=first + timedelta(days=days),
            at=BEFORE,
        )
