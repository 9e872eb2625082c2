"""
The JSON that gateways push: `{"readings": [{"meter", "at", "register_kwh"} | {"meter", "start",
"end", "kwh"}, …]}`, also one reading a line. Units `wh`, `kwh`; `quality`, `event`, `balance`,
`revision` and `channel` may stand beside. A number may be written as a number or as text.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from decimal import Decimal
from typing import Any, BinaryIO

from meters.readings import amounts, stamps
from meters.readings.formats import NO, SURE, Opened
from meters.readings.profile import UNITS, Profile
from meters.readings.refusals import (
    ColumnMissing,
    NotDecodable,
    NotJson,
    RowFault,
    RowRefused,
    TooLarge,
    shown,
)
from meters.readings.row import CHANNEL, Event, Kind, Quality, Remark, Row, in_doubt

_BEGINS = re.compile(rb"^(?:\xef\xbb\xbf)?\s*[\[{]")
# An object that ends where its line does, and another on the next.
_ONE_A_LINE = re.compile(r"\s*\{[^\n]*\}[ \t\r]*\n\s*\{")
LARGEST = 16 * 1024 * 1024
DEEPEST = 20
_VALUES: Mapping[str, tuple[Kind, str]] = {
    "register_kwh": (Kind.REGISTER, "kWh"),
    "register_wh": (Kind.REGISTER, "Wh"),
    "kwh": (Kind.INTERVAL, "kWh"),
    "wh": (Kind.INTERVAL, "Wh"),
}
_EVENTS = {"final": Event.FINAL, "initial": Event.INITIAL, "reset": Event.RESET}
_QUALITIES = {"estimated": Quality.ESTIMATED, "suspect": Quality.DOUBTED}
_CHANNELS = frozenset({CHANNEL, "import", "export"})


@dataclass(frozen=True, slots=True)
class Push:
    """Any JSON is taken for it."""

    name: str = "json"

    def fits(self, head: bytes) -> int:
        return SURE if _BEGINS.match(head) else NO

    def open(self, *, stream: BinaryIO, said: Profile, zone: tzinfo | None) -> Opened:
        readings = _readings(stream)
        rolls_over: dict[str, int] = {}
        clock = said.zone or zone or _only_offset(readings) or UTC
        rows = _rows(readings, clock, said, rolls_over)
        return Opened(zone=clock, rows=rows, encoding="utf-8", rolls_over=rolls_over)


Reading = tuple[int, Any]  # its line, and what stands there


def _readings(stream: BinaryIO) -> list[Reading]:
    stream.seek(0)
    content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise TooLarge(limit_mib=LARGEST // (1024 * 1024))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise NotDecodable(line=content.count(b"\n", 0, fault.start) + 1) from None
    if _ONE_A_LINE.match(text):
        return _read_line_by_line(text)
    document = _parsed(text)
    listed = document.get("readings") if isinstance(document, dict) else document
    if not isinstance(listed, list):
        raise ColumnMissing(columns="readings")
    lines = _lines(text, len(listed))
    return list(zip(lines, listed, strict=True))


def _read_line_by_line(text: str) -> list[Reading]:
    numbered = enumerate(text.split("\n"), start=1)
    return [(line, _parsed(one, line)) for line, one in numbered if one.strip()]


def _parsed(text: str, line: int = 1) -> Any:
    """
    :raises NotJson: with the line, where the text begins on `line`
    """
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except json.JSONDecodeError as fault:
        raise NotJson(line=line + fault.lineno - 1, fault=fault.msg) from None
    except RecursionError:
        raise NotJson(line=line, fault="nested too deeply") from None


def _lines(text: str, count: int) -> list[int]:
    """The line on which each element of the list begins; the number of the element on one line."""
    found: list[int] = []
    place, line, before = text.find("["), 1, 0
    decoder = json.JSONDecoder()
    if place < 0 or "\n" not in text.strip():
        return list(range(1, count + 1))
    place += 1
    while len(found) < count:
        place = re.compile(r"[\s,]*").match(text, place).end()  # type: ignore[union-attr]
        line += text.count("\n", before, place)
        before = place
        found.append(line)
        _element, place = decoder.raw_decode(text, place)
    return found


def _only_offset(readings: list[Reading]) -> tzinfo | None:
    for _line, reading in readings:
        if isinstance(reading, dict):
            try:
                told = stamps.written(str(reading.get("at") or reading.get("start")), "ymd")
            except RowRefused:
                continue
            return told.offset
    return None


def _rows(
    readings: list[Reading], zone: tzinfo, said: Profile, rolls_over: dict[str, int]
) -> Iterator[Row | RowFault | Remark]:
    for line, reading in readings:
        try:
            row = _row(line, reading, zone, said)
        except RowRefused as fault:
            yield RowFault(line, fault.code, fault.facts)
            if fault.code == "negative" and not any("register" in key for key in reading):
                positive = {key: value for key, value in reading.items() if key not in _VALUES}
                yield in_doubt(_row(line, {**positive, "kwh": "0"}, zone, said))
            continue
        if said.digits and row.kind == Kind.REGISTER:
            rolls_over[row.meter] = 10**said.digits * UNITS["kWh"]
        yield row


def _row(line: int, reading: Any, zone: tzinfo, said: Profile) -> Row:
    if not isinstance(reading, dict):
        raise RowRefused("no_value")
    if reading.get("repeats"):
        raise RowRefused("same_again", first="–")
    told = {str(key): _cell(value) for key, value in reading.items()}
    named = [name for name in _VALUES if name in told]
    if len(named) != 1:
        raise RowRefused("no_value")
    kind, unit = _VALUES[named[0]]
    at, seconds = _when(told, kind, zone)
    meter = told.get("meter", "") or said.meter or ""
    if not meter or len(meter) > 64:
        raise RowRefused("no_meter")
    return Row(
        line=line,
        meter=meter,
        channel=_one_of(told, "channel", _CHANNELS) or CHANNEL,
        kind=kind,
        at=at,
        seconds=seconds,
        amount=_amount(told[named[0]], kind, UNITS[unit] * said.multiplier),
        quality=_QUALITIES.get(told.get("quality", ""), Quality.MEASURED),
        event=_EVENTS.get(told.get("event", "").casefold(), Event.NONE),
        revision=int(re.sub(r"[^0-9]", "", told.get("revision", ""))[:18] or 0),
        balance=told.get("balance", ""),
    )


def _cell(value: Any) -> str:
    return "" if value is None or isinstance(value, (dict, list, bool)) else str(value).strip()


def _one_of(told: dict[str, str], key: str, choices: frozenset[str]) -> str:
    value = told.get(key, "")
    if value and value not in choices:
        raise RowRefused("channel_unknown", value=shown(value))
    return value


def _when(told: dict[str, str], kind: Kind, zone: tzinfo) -> tuple[int, int]:
    if kind == Kind.REGISTER:
        return stamps.instant(told.get("at", ""), "ymd", zone).at, 0
    start = stamps.instant(told.get("start", ""), "ymd", zone).at
    seconds = stamps.instant(told.get("end", ""), "ymd", zone, ends=True).at - start
    if not 0 < seconds <= 400 * stamps.DAY:
        raise RowRefused("bad_span", value=shown(f"{told.get('start')} – {told.get('end')}"))
    return start, seconds


def _amount(text: str, kind: Kind, factor: Decimal) -> int:
    if text.casefold() in amounts.FAILED:
        raise RowRefused("failed_read", value=shown(text))
    most = amounts.MOST_COUNTED_KWH if kind == Kind.REGISTER else amounts.MOST_USED_KWH
    number = amounts.Numbers().read(text)
    return amounts.amount(number, factor=factor, most_kwh=most, text=text)


FORMAT = Push()
