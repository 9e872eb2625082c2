"""A tariff by time of use prices each hour by its period; a day always adds up."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from campus.places.models import Term
from meters.billing.hours import local_starts, parted, periods_of
from meters.billing.models import DailyCharge
from meters.readings.intervals import Intervals, pack
from meters.readings.models import Channel, MeterDay
from tests import factories
from tests.meters.billing.rows import a_priced_residence, charged, newest, used
from tests.meters.billing.samples import TARIFFS

TOU = "kr-kepco-edu-b-hva1-1000kw"
SEOUL = ZoneInfo("Asia/Seoul")
WEEKDAY, SATURDAY = date(2026, 5, 6), date(2026, 5, 9)


def hours_on(day: date, *, holidays: frozenset[date] = frozenset()) -> list[str]:
    first = datetime(day.year, day.month, day.day, tzinfo=SEOUL)
    tariff = TARIFFS[TOU]
    found = periods_of(tariff, starts=local_starts(first, minutes=60, count=24), holidays=holidays)
    return [tariff.periods[place].id for place in found]


def test_a_weekday_has_its_peaks_a_saturday_none_and_a_holiday_is_light() -> None:
    light, mid, peak = ["light"], ["mid"], ["peak"]
    assert hours_on(WEEKDAY) == (light * 8 + mid * 3 + peak + mid + peak * 5 + mid * 4 + light * 2)
    assert hours_on(SATURDAY) == light * 8 + mid * 14 + light * 2
    assert hours_on(WEEKDAY, holidays=frozenset({WEEKDAY})) == light * 24


def test_a_night_of_twenty_five_hours_has_twenty_five_starts() -> None:
    first = datetime(2026, 10, 25, tzinfo=ZoneInfo("Europe/London"))
    starts = local_starts(first, minutes=60, count=25)
    assert [start.hour for start in starts[:4]] == [0, 1, 1, 2]
    assert starts[-1].hour == 23


@given(
    st.integers(0, 10**7),
    st.lists(st.integers(-1, 4000), min_size=24, max_size=24),
    st.lists(st.integers(0, 2), min_size=24, max_size=24),
)
def test_the_parts_of_a_day_add_up_to_it(wh: int, intervals: list[int], periods: list[int]) -> None:
    found = parted(
        wh,
        intervals=np.array(intervals, dtype=np.int32),
        periods=np.array(periods, dtype=np.int64),
        names=["light", "mid", "peak"],
    )
    assert sum(found.values()) == wh
    assert min(found.values()) >= 0


@pytest.mark.django_db
def test_a_night_charges_the_hours_that_the_meter_told() -> None:
    residence = a_priced_residence(name=TOU)
    factories.a_term(campus=residence.campus)
    room = factories.a_room(residence=residence)
    meter = factories.a_meter(room=room)
    wh = np.zeros(24, dtype=np.int32)
    wh[11], wh[10], wh[0] = 3000, 2000, 5000
    packed, marks = pack(Intervals(wh, np.full(24, b"A"[0], dtype=np.uint8)))
    MeterDay.objects.create(
        channel=Channel.objects.get(meter=meter), day=WEEKDAY, wh=10_000, status="ACTUAL",
        interval_minutes=60, intervals=packed, quality=marks, delivery_id=1, line=1,
    )  # fmt: skip
    used(room, [10_000], first=WEEKDAY)
    charged(room, 1, first=WEEKDAY)
    (row,) = newest(room)
    assert row.by_period == {"peak": 3000, "mid": 2000, "light": 5000}
    assert row.lines["energy"] == str(int(3 * 111.4 + 2 * 90.9 + 5 * 76.5))
    Term.objects.update(holidays=[WEEKDAY.isoformat()])
    used(room, [10_001], first=WEEKDAY)
    charged(room, 1, first=WEEKDAY)
    assert newest(room)[-1].by_period == {"peak": 0, "mid": 0, "light": 10_001}
    assert DailyCharge.objects.count() == 2
