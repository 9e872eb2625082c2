import csv
import gzip
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from meters.savings.panel_files import PanelRefused, read_panel
from meters.savings.rehearsal import rehearse
from meters.savings.rule import Rule

PUBLIC = Path("meters/demo/data/rooms")
READINGS = ["a,2026-03-01,1.5", "a,2026-03-02,", "b,2026-03-02,0.25", "b,2026-03-09,7"]


def write(folder: Path, *, readings: list[str] = READINGS, days: int = 3) -> Path:
    folder.mkdir(exist_ok=True)
    with gzip.open(folder / "readings.csv.gz", "wt") as file:
        file.write("\n".join(["meter_id,date,kwh", *readings, ""]))
    (folder / "meters.csv").write_text("meter_id,group_id,role\na,all,comparison\nb,G1,enrolled\n")
    told = [f"2026-03-0{n},12.5,{int(n == 3)}" for n in range(1, days + 1)]
    (folder / "days.csv").write_text("\n".join(["date,temp_c,is_holiday", *told, ""]))
    (folder / "panel.json").write_text(json.dumps({"start": "2026-03-02", "end": "2026-03-03"}))
    return folder


def test_a_panel_is_read_as_rooms_and_days(tmp_path: Path) -> None:
    named = read_panel(folder=write(tmp_path))
    panel = named.panel
    assert np.nan_to_num(panel.use, nan=-1).tolist() == [[1500, -1, -1], [-1, 250, -1]]
    assert (named.meters, panel.start, panel.days) == (["a", "b"], 1, 2)
    assert panel.comparison.tolist() == [True, False]
    assert panel.calendar.holidays.tolist() == [False, False, True]


def test_who_moved_in_later_brings_no_history(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "meters.csv").write_text(
        "meter_id,group_id,role,occupied_since\na,all,comparison,2026-03-02\nb,G1,enrolled,\n"
    )
    assert read_panel(folder=folder).panel.since.tolist() == [1, 0]


@pytest.mark.parametrize("name", ["readings.csv.gz", "meters.csv", "days.csv", "panel.json"])
def test_a_panel_without_one_of_its_files_is_refused_by_name(tmp_path: Path, name: str) -> None:
    folder = write(tmp_path)
    (folder / name).unlink()
    with pytest.raises(PanelRefused) as refusal:
        read_panel(folder=folder)
    assert refusal.value.facts["file"] == name


@pytest.mark.parametrize("row", ["x,2026-03-01,1", "a,2026-03-01,much"])
def test_readings_that_cannot_be_are_refused(tmp_path: Path, row: str) -> None:
    with pytest.raises(PanelRefused):
        read_panel(folder=write(tmp_path, readings=[row]))


def test_a_calendar_with_a_hole_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "days.csv").write_text("date,temp_c,is_holiday\n2026-03-02,1,0\n2026-03-04,1,0\n")
    (folder / "panel.json").write_text(json.dumps({"start": "2026-03-02", "end": "2026-03-04"}))
    with pytest.raises(PanelRefused):
        read_panel(folder=folder)


def test_the_command_writes_a_row_for_each_enrolled_meter_and_day(tmp_path: Path) -> None:
    out = tmp_path / "null.csv"
    call_command("replay_savings", panel=PUBLIC, out=out, verbosity=0)
    with out.open() as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["meter_id", "date", "baseline_kwh", "credited_kwh"]
    assert len(rows) == 240 * 120
    assert all(float(row["credited_kwh"]) >= 0 for row in rows)
    assert all(row["baseline_kwh"] for row in rows)


def test_the_command_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"panel\.json"):
        call_command("replay_savings", panel=tmp_path, out=tmp_path / "out.csv")


# --- the public rooms: nobody was asked to save, so every credited kWh is false -----------------
NAMED = read_panel(folder=PUBLIC)
RULE = Rule(floor_drift=0.0)


def credited(factor: float, *, new: bool = False) -> float:
    """Share of the programme's consumption that is credited when enrolled rooms use `factor`."""
    panel = NAMED.panel
    enrolled, start = ~panel.comparison, panel.start
    first = start + 21 if new else start
    use, since = panel.use.copy(), panel.since.copy()
    use[np.ix_(enrolled, np.arange(len(panel.calendar)) >= first)] *= factor
    if new:
        since[:] = start
    found = rehearse(replace(panel, use=use, since=since), rule=RULE)
    return float(found.credited.sum() / np.nansum(panel.use[enrolled][:, first:]))


def test_on_real_rooms_false_credit_stays_under_half_a_percent() -> None:
    assert credited(1.0) < 0.005
    assert credited(1.0, new=True) < 0.006


def test_on_real_rooms_a_true_tenth_and_fifth_are_mostly_paid() -> None:
    null = credited(1.0)
    assert (credited(0.9) - null) / 0.1 > 0.55
    assert (credited(0.8) - null) / 0.2 > 0.69


def test_on_real_rooms_new_people_are_paid_for_true_savings_too() -> None:
    null = credited(1.0, new=True)
    assert (credited(0.9, new=True) - null) / 0.1 > 0.38
    assert (credited(0.8, new=True) - null) / 0.2 > 0.6
