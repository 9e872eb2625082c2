"""The packed readings of the demo, moved to the days on which the demo campus lives them."""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "rooms"


@dataclass(frozen=True, slots=True)
class PanelMeter:
    """One household meter: its group of twenty, or none for a comparison meter."""

    serial: str
    group: str
    comparison: bool


def meters() -> list[PanelMeter]:
    """The 300 meters in the order of the extract."""
    with (FOLDER / "meters.csv").open(newline="") as file:
        return [
            PanelMeter(row["meter_id"], row["group_id"], row["role"] == "comparison")
            for row in csv.DictReader(file)
        ]


def readings(*, shift: timedelta) -> Mapping[date, Mapping[str, int]]:
    """Moved day -> serial -> Wh. A missing reading has no entry."""
    days: dict[date, dict[str, int]] = defaultdict(dict)
    for serial, day, wh in _rows():
        days[day + shift][serial] = wh
    return days


def _rows() -> Iterator[tuple[str, date, int]]:
    with gzip.open(FOLDER / "readings.csv.gz", "rt", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for serial, day, kwh in rows:
            yield serial, date.fromisoformat(day), round(float(kwh) * 1000)
