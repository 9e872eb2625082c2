"""One contract for many rooms: the rooms add up to it every day, and nobody drifts."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campus.places.models import Room, ZoneKind
from meters.billing import operations, queries
from meters.billing.charging import RoomDay, Standing
from meters.billing.models import Adjustment, PoolDay
from meters.billing.pooling import PoolPrice, PoolRoom, charged_again, charged_together
from meters.billing.queries.trials import try_tariff
from meters.billing.tariff import read_tariff
from meters.readings.models import DailyUse
from tests import factories
from tests.meters.billing.rows import APRIL, AT, a_priced_residence, charged, newest, used
from tests.meters.billing.samples import document

NEXT_DAY, LAST = APRIL + timedelta(days=1), date(2026, 4, 30)


def pool_rooms(used_wh: list[int], *, entitled: list[int], paid: list[int]) -> list[PoolRoom]:
    return [
        PoolRoom(RoomDay(n, wh, (), 0, 0, Standing(APRIL, 0, given, {})), entitled=known, lines={})
        for n, (wh, known, given) in enumerate(zip(used_wh, entitled, paid, strict=True))
    ]


days = st.lists(
    st.tuples(
        st.integers(0, 5000),
        st.integers(0, 900_000),
        st.lists(st.integers(0, 30_000), min_size=3, max_size=3),
        st.integers(0, 20_000),
    ),
    min_size=1,
    max_size=30,
)


@given(days)
def test_the_rooms_of_a_pool_add_up_every_day_and_none_drifts_by_a_unit(
    cycle: list[tuple[int, int, list[int], int]],
) -> None:
    entitled, paid = [0, 0, 0], [0, 0, 0]
    for fixed, variable, wh, common in cycle:
        price = PoolPrice(3, fixed, variable, sum(wh) + common, common, 0)
        rooms = pool_rooms(wh, entitled=entitled, paid=paid)
        made = list(charged_together(price, rooms))
        assert sum(charge.amount for charge in made) == fixed + variable
        entitled = [charge.entitled or 0 for charge in made]
        paid = [charge.standing.cycle_amount for charge in made]
        owed = (Fraction(a, 10**6) - b for a, b in zip(entitled, paid, strict=True))
        assert all(abs(one) < 1 for one in owed)


def test_a_room_charged_again_by_the_same_price_stays_within_a_unit() -> None:
    price = PoolPrice(2, 101, 2003, 15_000, 0, 0)
    rooms = pool_rooms([5000, 10_000], entitled=[0, 0], paid=[0, 0])
    together = [charge.amount for charge in charged_together(price, rooms)]
    again = [charged_again(price, room).amount for room in rooms]
    assert sum(together) == 2104
    assert all(abs(one - other) <= 1 for one, other in zip(together, again, strict=True))


@pytest.fixture
def rooms() -> list[Room]:
    residence = a_priced_residence(tier_scope="pool_average")
    return [factories.a_room(residence=residence, number=str(n)) for n in range(3)]


@pytest.mark.django_db
def test_a_heavy_room_of_a_pool_reaches_no_tier_of_its_own(rooms: list[Room]) -> None:
    for room, wh in zip(rooms, (400_000, 50_000, 30_000), strict=True):
        used(room, [wh])
    assert charged(rooms[0], 1) == 3
    (pool,) = PoolDay.objects.all()
    rows = [newest(room)[0] for room in rooms]
    # 480 kWh of three rooms are 160 each: all in the first tier, at 120 + 9 + 5 won, VAT and fund.
    assert pool.lines["energy"] == str(480 * 120)
    assert sum(row.amount for row in rows) == pool.fixed + pool.variable == pool.cycle_amount
    assert rows[0].amount > 7 * rows[1].amount
    bill = queries.bill_of_day(room=rooms[0], day=APRIL)
    assert bill is not None
    assert bill.bill.tier is not None
    assert (bill.bill.tier.now, bill.bill.tier.kwh_left) == (1, 120)


@pytest.mark.django_db
def test_common_areas_count_alike_for_all(rooms: list[Room]) -> None:
    hall = factories.a_zone(residence=rooms[0].residence, code="hall", kind=ZoneKind.COMMON)
    DailyUse.objects.create(zone=hall, day=APRIL, wh=9000, status="ACTUAL", closed_at=AT)
    for room in rooms:
        used(room, [1000])
    charged(rooms[0], 1)
    assert PoolDay.objects.get().wh == 12_000
    amounts = [newest(room)[0].amount for room in rooms]
    assert max(amounts) - min(amounts) <= 1


@pytest.mark.django_db
def test_a_correction_in_a_pool_moves_only_its_own_room(rooms: list[Room]) -> None:
    for room in rooms:
        used(room, [8000, 8000])
    charged(rooms[0], 2)
    before = [[row.amount for row in newest(room)] for room in rooms]
    used(rooms[1], [12_000])
    operations.charge_day(campus=rooms[0].residence.campus, day=APRIL, at=AT)
    after = [[row.amount for row in newest(room)] for room in rooms]
    assert (after[0], after[2]) == (before[0], before[2])
    assert after[1][0] > before[1][0]
    assert abs(after[1][1] - before[1][1]) <= 1
    assert charged(rooms[0], 2) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("corrected", [8001, 7333, 12_000])
def test_a_correction_in_a_pool_and_its_opposite_cancel(rooms: list[Room], corrected: int) -> None:
    for room in rooms:
        used(room, [8000, 7001, 8000])
    charged(rooms[0], 3)
    before = [standing_of(room) for room in rooms]
    for wh in (corrected, 8000):
        used(rooms[1], [wh])
        for day in range(3):
            operations.charge_day(
                campus=rooms[0].residence.campus, day=APRIL + timedelta(days=day), at=AT
            )
    assert [standing_of(room) for room in rooms] == before


def standing_of(room: Room) -> list[tuple[object, ...]]:
    return [(row.amount, row.cycle_amount, row.pool_entitled, row.lines) for row in newest(room)]


@pytest.mark.django_db
def test_a_pooled_tariff_is_tried_on_all_rooms_together(rooms: list[Room]) -> None:
    for room, wh in zip(rooms, (15_000, 1000, 2000), strict=True):
        used(room, [wh] * 30)
    charged(rooms[0], 30)
    residence = rooms[0].residence
    tariff = read_tariff(document(tier_scope="pool_average"))
    trial = try_tariff(residence=residence, tariff=tariff, today=date(2026, 5, 1))
    # 540 kWh of three rooms are 180 each: the bill is that of the average room, three times over.
    assert sum(room.after for room in trial.rooms) == PoolDay.objects.get(day=LAST).cycle_amount
    assert all(abs(room.after - room.before) < 30 for room in trial.rooms)


@pytest.mark.django_db
def test_a_closed_pool_is_adjusted_by_the_price_that_the_day_had(rooms: list[Room]) -> None:
    for room in rooms:
        used(room, [8000, 8000])
    charged(rooms[0], 2)
    used(rooms[1], [4000], first=NEXT_DAY)
    late = datetime(2026, 6, 20, tzinfo=UTC)
    assert operations.charge_day(campus=rooms[0].residence.campus, day=NEXT_DAY, at=late) == 0
    waiting = Adjustment.objects.get()
    assert waiting.room == rooms[1]
    assert waiting.days == [["2026-04-02", 8000, 4000]]
    price = PoolDay.objects.get(day=date(2026, 4, 2))
    assert abs(waiting.amount + price.variable * 4000 // price.wh) <= 1
