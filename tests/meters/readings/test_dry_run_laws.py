"""
Laws of what a file comes to: order and repetition change nothing, energy is neither made nor lost,
days are as long as they are, and no day is less than nothing.
"""

import io
import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campus import clock
from meters.readings import dry_run, profile, telling
from meters.readings.dry_run import Outcome
from meters.readings.rollup import Point, Span, of_registers, of_spans
from meters.readings.row import Event

BERLIN = ZoneInfo("Europe/Berlin")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
steps = st.lists(st.integers(0, 30_000), min_size=2, max_size=40)


def outcome(rows: list[str], header: str, **said: object) -> Outcome:
    content = "\n".join([header, *rows]).encode()
    document = {"timezone": "Europe/Berlin", **said}
    return dry_run.dry_run(stream=io.BytesIO(content), size=len(content), said=profile.of(document))


def days(found: Outcome) -> dict[tuple[str, str, int], tuple[int | None, str]]:
    assert found.refusal is None
    return {
        (*source, day.day): (day.amount, day.status)
        for source, own in found.daily.items()
        for day in own
    }


def seconds(day: date) -> int:
    return int(clock.day_starts(day, zone=BERLIN).timestamp())


@given(steps=steps, seed=st.integers(0, 10**6))
def test_any_order_and_any_repetition_end_in_the_same_days(steps: list[int], seed: int) -> None:
    dice, shown, at = random.Random(seed), 0, datetime(2026, 3, 1, tzinfo=BERLIN)
    rows = []
    for step in steps:
        shown += step
        rows.append(f"A-1,{at:%Y-%m-%d %H:%M},{shown / 1000}")
        at += timedelta(minutes=dice.choice([15, 60, 600, 1440]))
    told = days(outcome(rows, "meter_id,read_at,register_kwh"))
    again = dice.sample(rows, len(rows)) + dice.choices(rows, k=5)
    assert days(outcome(again, "meter_id,read_at,register_kwh")) == told


@given(
    gaps=st.lists(st.integers(1, 50 * 3600), min_size=1, max_size=30),
    steps=st.lists(st.integers(0, 50_000), min_size=30, max_size=30),
    start=st.integers(seconds(SPRING - timedelta(days=3)), seconds(SPRING)),
)
def test_the_days_of_a_register_sum_to_its_step(
    gaps: list[int], steps: list[int], start: int
) -> None:
    # Read at a midnight before and at one after, so that every day of it is whole.
    points, at, shown = [Point(seconds(SPRING - timedelta(days=4)), 0)], start, 0
    for gap, step in zip(gaps, steps, strict=False):
        at, shown = at + gap, shown + step
        points.append(Point(at, shown))
    after = datetime.fromtimestamp(at, tz=BERLIN).date() + timedelta(days=2)
    told = of_registers([*points, Point(seconds(after), shown)], zone=BERLIN)
    assert sum(day.amount or 0 for day in told) == shown


@given(
    shown=st.lists(
        st.tuples(st.integers(0, 10**6), st.sampled_from([*Event])), min_size=2, max_size=20
    ),
    rolls_over=st.sampled_from([0, 10**6]),
)
def test_no_register_gives_a_negative_day(shown: list[tuple[int, Event]], rolls_over: int) -> None:
    start = seconds(AUTUMN - timedelta(days=2))
    points = [Point(start + n * 7200, wh, n, event) for n, (wh, event) in enumerate(shown)]
    told = of_registers(points, zone=BERLIN, rolls_over_at=rolls_over)
    assert all(day.amount is None or day.amount >= 0 for day in told)


@given(
    values=st.lists(st.none() | st.integers(0, 9000), min_size=48, max_size=60),
    length=st.sampled_from([900, 1800, 3600]),
)
def test_a_bridge_keeps_to_its_neighbours_and_known_energy_is_never_lost(
    values: list[int | None], length: int
) -> None:
    start = seconds(AUTUMN)
    spans = [
        Span(start + n * length, start + (n + 1) * length, wh, n)
        for n, wh in enumerate(values)
        if wh is not None
    ]
    told = of_spans(spans, zone=BERLIN)
    assert sum(day.known for day in told) == sum(wh for wh in values if wh is not None)
    assert all(day.amount is None or day.amount >= day.known for day in told)


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (date(2026, 5, 1), 24), (AUTUMN, 25)])
@pytest.mark.parametrize("stamped", ["ts_start", "ts_end"])
def test_a_day_has_the_hours_that_clocks_give_it(day: date, hours: int, stamped: str) -> None:
    first = clock.day_starts(day, zone=BERLIN)
    shift = timedelta(hours=0 if stamped == "ts_start" else 1)
    local = [(first + timedelta(hours=n) + shift).astimezone(BERLIN) for n in range(hours)]
    rows = [f"A-1,{at:%Y-%m-%d %H:%M},1" for at in local]
    found = outcome(rows, f"meter_id,{stamped},kwh")
    told = {key[2]: value for key, value in days(found).items()}
    assert found.refused == []
    assert found.duplicates == []
    assert told == {day.toordinal(): (hours * dry_run.A_KWH, "ACTUAL")}
    newest_first = outcome(rows[::-1], f"meter_id,{stamped},kwh")
    assert days(newest_first) == days(found)


def test_hours_that_end_twice_at_the_same_time_are_two() -> None:
    """Some gateways name the repeated hour by where it would have ended."""
    early = [f"A-1,{AUTUMN} {label},1" for label in ["01:00", "02:00", "03:00", "03:00"]]
    late = [f"A-1,{AUTUMN} {hour:02d}:00,1" for hour in range(4, 25)]
    found = outcome(early + late, "meter_id,ts_end,kwh")
    assert set(days(found).values()) == {(25 * dry_run.A_KWH, "ACTUAL")}


@pytest.mark.parametrize(
    ("rows", "header", "code"),
    [
        (["A,01/02/2026,1", "A,02/02/2026,1"], "meter_id,date,kwh", "date_order_unclear"),
        (["A,13/02/2026,1", "A,02/13/2026,1"], "meter_id,date,kwh", "date_order_unclear"),
        (["A;2026-03-02;1,234"], "meter_id;date;kwh", "decimal_unclear"),
        (["A,2026-03-02 01:00,1"], "meter_id,timestamp,kwh", "stamp_unclear"),
        (["A,2026-03-02 01:00,1"], "meter_id,timestamp,value", "kind_unclear"),
    ],
)
def test_what_cannot_be_known_is_asked_by_name(rows: list[str], header: str, code: str) -> None:
    found = outcome(rows, header)
    assert found.refusal is not None
    assert found.refusal.code == code


def test_an_answered_question_is_not_asked_again() -> None:
    rows = ["A,01/02/2026,1", "A,02/02/2026,1"]
    found = outcome(rows, "meter_id,date,kwh", date_order="dmy")
    assert [key[2] for key in days(found)] == [date(2026, 2, n).toordinal() for n in (1, 2)]
    seen = outcome([*rows, "A,13/02/2026,1"], "meter_id,date,kwh")
    assert len(days(seen)) == 13


@pytest.mark.parametrize(
    ("dates", "orders"),
    [
        (["26/03/01", "26/03/02"], ["dmy", "ymd"]),
        (["26/03/01", "26/03/31"], ["dmy", "ymd"]),
        (["01/03/26", "02/03/26"], ["dmy", "mdy", "ymd"]),
        (["01/02/2026", "02/02/2026"], ["dmy", "mdy"]),
        (["13/02/2026", "02/13/2026"], ["dmy", "mdy"]),
    ],
)
def test_every_order_that_dates_may_be_in_is_offered(dates: list[str], orders: list[str]) -> None:
    rows = [f"A,{day},1" for day in dates]
    told = telling.document(outcome(rows, "meter_id,date,kwh"))
    assert told["question"] == {"key": "date_order", "choices": orders}


def test_two_digits_of_a_year_are_read_where_only_one_order_is_left() -> None:
    """32 is no day and no month; 26/03/01 beside it is then of 2026, and of 1 March."""
    found = outcome(["A,26/03/01,1", "A,32/03/02,1"], "meter_id,date,kwh")
    assert min(key[2] for key in days(found)) == date(2026, 3, 1).toordinal()
