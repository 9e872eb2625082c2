import json
from datetime import timedelta

from campus.demo import calendar
from meters.demo import panel


def test_the_extract_is_the_one_its_dates_are_told_of() -> None:
    told = json.loads((panel.FOLDER / "panel.json").read_text())
    assert told == {
        "first_day": calendar.PANEL_FIRST.isoformat(),
        "start": calendar.PANEL_START.isoformat(),
        "end": calendar.PANEL_END.isoformat(),
    }


def test_a_missing_reading_has_no_entry_and_a_zero_stays_a_zero() -> None:
    days = panel.readings(shift=timedelta())
    assert sum(len(day) for day in days.values()) == 127_877
    assert max(len(day) for day in days.values()) == 300
    assert min(wh for day in days.values() for wh in day.values()) >= 0


def test_every_fifth_meter_is_a_comparison_meter() -> None:
    assert sum(meter.comparison for meter in panel.meters()) == 60
