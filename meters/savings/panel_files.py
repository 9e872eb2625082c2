"""Panels as files: readings.csv.gz, meters.csv, days.csv, panel.json; and the result as CSV."""

import csv
import gzip
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from django.utils.translation import gettext_lazy as _

from campus.errors import CampusError
from meters.savings.calendar import Calendar, Floats
from meters.savings.rehearsal import Panel, Rehearsed
from meters.savings.rule import MIN_COMPARISON

WH = 1000
ROLES = ("comparison", "enrolled")
MISSING = frozenset({"", "na", "nan", "null", "none"})
YES = frozenset({"1", "1.0", "true", "yes"})

Row = Mapping[str, str]


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

    Meters of another role, and readings of meters or days that are not the panel's, are passed
    over. Days that days.csv leaves out are ordinary ones of unknown weather.

    :raises PanelRefused: if a file is missing, says something that cannot be, or names fewer
        comparison meters than any saving could be measured against
    """
    try:
        return _read(folder)
    except FileNotFoundError as error:
        raise PanelRefused(file=Path(error.filename).name, reason="missing") from error
    except KeyError as error:
        raise PanelRefused(file=folder.name, reason=f"no column {error}") from error
    except (ValueError, OSError, EOFError, zlib.error) as error:
        raise PanelRefused(file=folder.name, reason=str(error)) from error


def _read(folder: Path) -> NamedPanel:
    meta = json.loads((folder / "panel.json").read_text(encoding="utf-8-sig"))
    start, end = _date(meta["start"]), _date(meta["end"])
    days = {_date(row["date"]): row for row in _rows(folder / "days.csv")}
    dates = _dates([*days, _date(meta.get("first_day") or meta["start"])], start, end)
    meters = [row for row in _rows(folder / "meters.csv") if row["role"].strip().lower() in ROLES]
    comparison = np.array([row["role"].strip().lower() == ROLES[0] for row in meters], np.bool_)
    if comparison.sum() < MIN_COMPARISON:
        reason = f"{comparison.sum()} comparison meters, {MIN_COMPARISON} are needed"
        raise PanelRefused(file="meters.csv", reason=reason)
    groups = sorted({row["group_id"] for row in meters})
    panel = Panel(
        use=_use(folder / "readings.csv.gz", meters=meters, dates=dates),
        calendar=_calendar(days, dates),
        start=dates.index(start),
        comparison=comparison,
        pools=np.array([groups.index(row["group_id"]) for row in meters], dtype=np.int64),
        since=np.array([_since(row, dates) for row in meters], dtype=np.int64),
    )
    return NamedPanel(panel, [row["meter_id"] for row in meters], dates)


def _dates(told: Sequence[date], start: date, end: date) -> list[date]:
    """Every day from the first that is told of to the end."""
    first = min(told)
    if not first <= start <= end:
        raise PanelRefused(file="panel.json", reason=f"start {start}, end {end}")
    return [first + timedelta(days=n) for n in range((end - first).days + 1)]


def _date(text: str) -> date:
    """A day, with or without a time of day behind it."""
    return date.fromisoformat(text.strip()[:10])


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        yield from csv.DictReader(file)


def _since(row: Row, dates: Sequence[date]) -> int:
    """The position from which the same people live there; without a word, all along."""
    told = (row.get("occupied_since") or "").strip()
    if told.lower() in MISSING:
        return 0
    return min(max((_date(told) - dates[0]).days, 0), len(dates))


def _calendar(days: Mapping[date, Row], dates: Sequence[date]) -> Calendar:
    ordinals = np.array([day.toordinal() for day in dates], dtype=np.int64)
    free = [days.get(day, {}).get("is_holiday", "").strip().lower() in YES for day in dates]
    celsius = np.array([_number(days.get(day, {}).get("temp_c")) for day in dates])
    told = ~np.isnan(celsius)
    weather = np.interp(ordinals, ordinals[told], celsius[told]) if told.any() else None
    return Calendar(ordinals, np.array(free, np.bool_), weather)


def _number(text: str | None) -> float:
    return float("nan") if not text or text.strip().lower() in MISSING else float(text)


def _use(path: Path, *, meters: Sequence[Row], dates: Sequence[date]) -> Floats:
    """Wh float[n, d]; what is not told, or below zero, is missing."""
    row_of = {row["meter_id"]: n for n, row in enumerate(meters)}
    place = {day.isoformat(): n for n, day in enumerate(dates)}
    use = np.full((len(meters), len(dates)), np.nan)
    with gzip.open(path, "rt", newline="", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            meter, day = row_of.get(row["meter_id"]), place.get(row["date"][:10])
            if meter is not None and day is not None:
                use[meter, day] = _number(row["kwh"]) * WH
    return np.where(np.isfinite(use) & (use >= 0), use, np.nan)


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
