"""What is exported in any form, our own intake reads back to the same numbers."""

import io
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campus import clock
from meters.readings import dry_run, profile
from meters.readings.exporting import WRITERS, Figure
from meters.readings.local_days import day_of

BERLIN = ZoneInfo("Europe/Berlin")
FIRST = date(2026, 10, 24)  # the next day has 25 hours
serials = st.sampled_from(["000042", "A-1", "가동 301/2", "x,y;z"])
wh = st.integers(0, 50_000)


def figures(serial: str, amounts: list[int], *, daily: bool) -> list[Figure]:
    start = clock.day_starts(FIRST, zone=BERLIN)
    told = []
    for n, amount in enumerate(amounts):
        if daily:
            day = FIRST + timedelta(days=n)
            at = clock.day_starts(day, zone=BERLIN)
            end = clock.day_starts(day + timedelta(days=1), zone=BERLIN)
        else:
            at, end = (start + timedelta(hours=hour) for hour in (n, n + 1))
        at, end = at.astimezone(BERLIN), end.astimezone(BERLIN)
        told.append(Figure(serial, "IMPORT", at, end, amount, n % 5 == 4, daily))
    return told


def read_back(content: bytes) -> dict[tuple[str, date], tuple[int, str]]:
    said = profile.of({"timezone": "Europe/Berlin"})
    found = dry_run.dry_run(stream=io.BytesIO(content), size=len(content), said=said)
    assert found.refusal is None, found.refusal
    assert not found.refused
    return {
        (meter, date.fromordinal(day.day)): (round(dry_run.kwh(day.amount) * 1000), day.status)
        for (meter, _channel), days in found.daily.items()
        for day in days
        if day.amount is not None
    }


def expected(told: list[Figure], whole: int) -> dict[tuple[str, date], tuple[int, str]]:
    days: dict[tuple[str, date], list[Figure]] = {}
    for figure in told:
        day = date.fromordinal(day_of(int(figure.starts_at.timestamp()), BERLIN))
        days.setdefault((figure.serial, day), []).append(figure)
    return {
        key: (
            sum(figure.wh for figure in own),
            "ESTIMATED" if any(figure.estimated for figure in own) else "ACTUAL",
        )
        for key, own in days.items()
        if len(own) in {1 if own[0].daily else 24, 25 if key[1] == date(2026, 10, 25) else whole}
    }


@pytest.mark.parametrize("form", sorted(WRITERS))
@given(serial=serials, amounts=st.lists(wh, min_size=2, max_size=9))
def test_days_come_back(form: str, serial: str, amounts: list[int]) -> None:
    told = figures(serial, amounts, daily=True)
    assert read_back(b"".join(WRITERS[form].write(told, True))) == expected(told, 1)


@pytest.mark.parametrize("form", sorted(WRITERS))
@given(serial=serials, amounts=st.lists(wh, min_size=49, max_size=49))
def test_intervals_come_back_and_the_day_of_autumn_has_25_hours(
    form: str, serial: str, amounts: list[int]
) -> None:
    told = figures(serial, amounts, daily=False)
    found = read_back(b"".join(WRITERS[form].write(told, False)))
    assert found == expected(told, 24)
    assert len(found) == 2
