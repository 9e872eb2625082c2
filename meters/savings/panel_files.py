"""Panels as files: readings.csv.gz, meters.csv, days.csv, panel.json; and the result as CSV."""

import csv
import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from django.utils.translation import gettext_lazy as _

from campus.errors import CampusError
from meters.savings.calendar import Calendar, Floats
from meters.savings.rehearsal import Panel, Rehearsed

WH = 1000


class PanelRefused(CampusError):
    """The folder holds no panel that can be rehearsed."""

    code, status = "panel_refused", 422
    detail = _("%(file)s: %(reason)s")


@dataclass(frozen=True, slots=True)
class NamedPanel:
    """A panel with the names of its rows and the dates of its columns."""

    panel: Panel
    meters: Sequence[str]
    days: Sequence[date]


def read_panel(*, folder: Path) -> NamedPanel:
    """
    Read a panel; a missing row of the readings, or an empty one, is a missing reading.

    :raises PanelRefused: if a file is missing, or says something that cannot be
    """
    try:
        return _read(folder)
    except FileNotFoundError as error:
        raise PanelRefused(file=Path(error.filename).name, reason="missing") from error
    except (KeyError, ValueError) as error:
        raise PanelRefused(file=folder.name, reason=str(error)) from error


def _read(folder: Path) -> NamedPanel:
    meta = json.loads((folder / "panel.json").read_text())
    end = date.fromisoformat(meta["end"])
    days = [row for row in _rows(folder / "days.csv") if date.fromisoformat(row["date"]) <= end]
    dates = [date.fromisoformat(row["date"]) for row in days]
    place = {day: n for n, day in enumerate(dates)}
    meters = list(_rows(folder / "meters.csv"))
    groups = sorted({row["group_id"] for row in meters})
    panel = Panel(
        use=_use(folder / "readings.csv.gz", meters=meters, dates=dates),
        calendar=_calendar(days, dates),
        start=place[date.fromisoformat(meta["start"])],
        comparison=np.array([row["role"] == "comparison" for row in meters]),
        pools=np.array([groups.index(row["group_id"]) for row in meters], dtype=np.int64),
        since=np.array([place[_since(row, dates)] for row in meters], dtype=np.int64),
    )
    return NamedPanel(panel, [row["meter_id"] for row in meters], dates)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(newline="") as file:
        yield from csv.DictReader(file)


def _since(row: dict[str, str], dates: Sequence[date]) -> date:
    """From when the same people live there; without a word, all along."""
    told = row.get("occupied_since")
    return max(date.fromisoformat(told), dates[0]) if told else dates[0]


def _calendar(days: Sequence[dict[str, str]], dates: Sequence[date]) -> Calendar:
    ordinals = np.array([day.toordinal() for day in dates], dtype=np.int64)
    if (np.diff(ordinals) != 1).any():
        raise PanelRefused(file="days.csv", reason="a day is missing")
    celsius = np.array([float(row["temp_c"] or "nan") for row in days])
    return Calendar(ordinals, np.array([row["is_holiday"] == "1" for row in days]), celsius)


def _use(path: Path, *, meters: Sequence[dict[str, str]], dates: Sequence[date]) -> Floats:
    """Wh float[n, d]; no row and an empty figure are missing, days after the panel passed over."""
    row_of = {row["meter_id"]: n for n, row in enumerate(meters)}
    place = {day.isoformat(): n for n, day in enumerate(dates)}
    use = np.full((len(meters), len(dates)), np.nan)
    with gzip.open(path, "rt", newline="") as file:
        for row in csv.DictReader(file):
            if row["kwh"] and row["date"] in place:
                use[row_of[row["meter_id"]], place[row["date"]]] = float(row["kwh"]) * WH
    return use


def write_result(*, out: Path, named: NamedPanel, rehearsed: Rehearsed) -> int:
    """
    Write `meter_id,date,baseline_kwh,credited_kwh` of each enrolled meter and programme day.

    The baseline is empty on observation days. Returns the number of rows.
    """
    panel = named.panel
    days = [day.isoformat() for day in named.days[panel.start :]]
    enrolled = np.flatnonzero(~panel.comparison).tolist()
    with out.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["meter_id", "date", "baseline_kwh", "credited_kwh"])
        for row in enrolled:
            told = zip(days, rehearsed.baseline[row], rehearsed.credited[row], strict=True)
            writer.writerows(
                [named.meters[row], day, _kwh(wh), _kwh(paid)] for day, wh, paid in told
            )
    return len(enrolled) * len(days)


def _kwh(wh: float) -> str:
    return "" if np.isnan(wh) else f"{wh / WH:.3f}"
