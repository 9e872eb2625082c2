"""
NEM12, the interval files of the Australian market (AEMO MDFF): records 100, 200, 300, 400, 500,
900.

A 300 record is one day of consecutive values; the first covers the first interval after midnight.
Market time is +10:00 all year. A later UpdateDateTime supersedes; values of quality N are none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import BinaryIO

from meters.readings import amounts, profile
from meters.readings.formats import NO, SURE, Opened
from meters.readings.profile import UNITS, Profile
from meters.readings.refusals import FormatUnknown, RowFault, RowRefused, shown
from meters.readings.row import NOTHING, Kind, Quality, Remark, Row
from meters.readings.tables import text

MARKET = timezone(timedelta(hours=10))
_BEGINS = re.compile(rb'^(?:\xef\xbb\xbf)?\s*"?100"?\s*,\s*"?NEM12', re.IGNORECASE)
_NUMBERS = amounts.Numbers()
_NONE, _VARIABLE = "N", "V"
_QUALITY = r"[ASFEVN][0-9]{0,2}"
MINUTES_A_DAY = 1440


@dataclass(frozen=True, slots=True)
class Nem12:
    """Recognised by its first record."""

    name: str = "nem12"

    def fits(self, head: bytes) -> int:
        return SURE if _BEGINS.match(head) else NO

    def open(self, *, stream: BinaryIO, said: Profile, zone: tzinfo | None) -> Opened:
        encoding = said.encoding or _encoding(stream)
        rows = _Records(stream, encoding).rows()
        return Opened(zone=said.zone or zone or MARKET, rows=rows, encoding=encoding)


def _encoding(stream: BinaryIO) -> str:
    stream.seek(0)
    return text.UTF_8_BOM if stream.read(3) == b"\xef\xbb\xbf" else text.UTF_8


@dataclass(slots=True)
class _Stream:
    """What the last 200 record said of the days that follow it."""

    meter: str
    channel: str
    minutes: int
    factor: Decimal | None  # None when it is no energy


@dataclass(slots=True)
class _Day:
    """A 300 record, held until its 400 records have told the quality of its parts."""

    line: int
    stream: _Stream
    opens_at: int
    values: list[str]
    quality: str
    revision: int
    parts: list[str] = field(default_factory=list)


class _Records:
    """Reads a file record by record; holds one day."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self.stream, self.encoding = stream, encoding
        self.current: _Stream | None = None
        self.day: _Day | None = None
        self.ended = False

    def rows(self) -> Iterator[Row | RowFault | Remark]:
        self.stream.seek(0)
        line = 0
        for line, raw in text.lines(self.stream, self.encoding):
            try:
                cells = text.cells(raw)
                yield from self._record(line, cells)
            except RowRefused as fault:
                yield RowFault(line, fault.code, fault.facts)
        yield from self._finish()
        if not self.ended:
            yield Remark(line, "file_cut_off", {})

    def _record(self, line: int, cells: list[str]) -> Iterator[Row | RowFault | Remark]:
        kind = cells[0]
        if kind == "400":
            self._part(cells)
            return
        if kind != "500":
            yield from self._finish()
        if kind == "200":
            yield from self._begin(line, cells)
        elif kind == "300":
            self._hold(line, cells)
        elif kind == "900":
            self.ended = True
        elif kind == "100":
            if len(cells) < 2 or cells[1].upper() != "NEM12":
                raise FormatUnknown(columns=shown(",".join(cells)))
        elif kind != "500":
            raise RowRefused("record_unknown", value=shown(kind))

    def _begin(self, line: int, cells: list[str]) -> Iterator[Remark]:
        self.current = None
        if len(cells) < 9 or not cells[1]:
            raise RowRefused("columns_wrong", cells=len(cells), columns=10)
        if not (cells[8].isdecimal() and 0 < int(cells[8]) <= MINUTES_A_DAY):
            raise RowRefused("interval_wrong", value=shown(cells[8]))
        minutes = int(cells[8])
        if MINUTES_A_DAY % minutes:
            raise RowRefused("interval_wrong", value=shown(cells[8]))
        unit = profile.unit(cells[7])
        factor = Decimal(UNITS[unit]) if unit else None
        channel = cells[4] or cells[3]
        self.current = _Stream(cells[1][:64], channel[:16], minutes, factor)
        if unit is None:
            facts: dict[str, object] = {"unit": shown(cells[7]), "channel": channel[:16]}
            yield Remark(line, "not_energy", facts, self.current.meter)

    def _hold(self, line: int, cells: list[str]) -> None:
        if self.current is None:
            raise RowRefused("no_meter")
        count = MINUTES_A_DAY // self.current.minutes
        if len(cells) < count + 3:
            raise RowRefused("columns_wrong", cells=len(cells), columns=count + 3)
        quality = cells[count + 2].upper()
        if re.fullmatch(_QUALITY, cells[count + 1].upper()):
            raise RowRefused("columns_wrong", cells=len(cells), columns=count + 7)
        if not re.fullmatch(_QUALITY, quality):
            raise RowRefused("quality_unknown", value=shown(quality))
        told = re.sub(r"[^0-9]", "", cells[count + 5]) if len(cells) > count + 5 else ""
        self.day = _Day(
            line=line,
            stream=self.current,
            opens_at=_opens_at(cells[1]),
            values=cells[2 : count + 2],
            quality=quality[0],
            revision=int(told[:14] or 0),
            parts=[""] * count,
        )

    def _part(self, cells: list[str]) -> None:
        if self.day is None:
            raise RowRefused("record_alone", value="400")
        count = len(self.day.values)
        if len(cells) < 4 or not (cells[1].isdecimal() and cells[2].isdecimal()):
            raise RowRefused("columns_wrong", cells=len(cells), columns=6)
        first, last = int(cells[1]), int(cells[2])
        if not 1 <= first <= last <= count or cells[3][:1].upper() not in "ASFEN":
            raise RowRefused("interval_wrong", value=shown(",".join(cells[1:4])))
        for n in range(first - 1, last):
            self.day.parts[n] = cells[3][:1].upper()

    def _finish(self) -> Iterator[Row | RowFault]:
        day, self.day = self.day, None
        if day is None or day.stream.factor is None:
            return
        try:
            yield from _values(day, day.stream.factor)
        except RowRefused as fault:
            yield RowFault(day.line, fault.code, fault.facts)
            if fault.code == "negative":
                yield _row(day, 0, NOTHING, Quality.DOUBTED)


def _values(day: _Day, factor: Decimal) -> list[Row]:
    """Every value of a day, or none when one of them is at fault."""
    rows = []
    for n, cell in enumerate(day.values):
        quality = day.parts[n] or day.quality
        amount = NOTHING
        if quality != _NONE:
            amount = amounts.amount(
                _NUMBERS.read(cell), factor=factor, most_kwh=amounts.MOST_USED_KWH, text=cell
            )
        rows.append(_row(day, n, amount, _quality(quality)))
    return rows


def _row(day: _Day, place: int, amount: int, quality: Quality) -> Row:
    seconds = day.stream.minutes * 60
    return Row(
        line=day.line,
        meter=day.stream.meter,
        channel=day.stream.channel,
        kind=Kind.INTERVAL,
        at=day.opens_at + place * seconds,
        seconds=seconds,
        amount=amount,
        quality=quality,
        revision=day.revision,
    )


def _quality(letter: str) -> Quality:
    """A is measured; S, F and E are somebody's estimate; V that no 400 explains is in doubt."""
    if letter == _VARIABLE:
        return Quality.DOUBTED
    return Quality.MEASURED if letter == "A" else Quality.ESTIMATED


def _opens_at(cell: str) -> int:
    try:
        day = date(int(cell[:4]), int(cell[4:6]), int(cell[6:8])) if len(cell) == 8 else None
    except ValueError:
        day = None
    if day is None or not 1990 <= day.year <= 2200:
        raise RowRefused("bad_date", value=shown(cell))
    epoch = date(1970, 1, 1)
    return (day - epoch).days * 86_400 - 10 * 3600


FORMAT = Nem12()
