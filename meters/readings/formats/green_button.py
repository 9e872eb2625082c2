"""
Green Button / ESPI XML (NAESB REQ.21): an Atom feed of usage points, reading types and blocks.

`timePeriod.start` opens the interval, in UTC seconds; a value counts times ten to the power of its
multiplier, in `uom` 72 = Wh. Reading types may follow the blocks they describe, so a file is read
twice: for what it declares, then for its readings.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from decimal import Decimal
from typing import BinaryIO
from urllib.parse import unquote

from meters.readings import amounts
from meters.readings.formats import NO, SURE, Opened
from meters.readings.profile import Profile
from meters.readings.refusals import FormatUnknown, RowFault, RowRefused, shown
from meters.readings.row import A_WH, CHANNEL, Kind, Quality, Remark, Row, in_doubt
from meters.readings.xml import espi_clock
from meters.readings.xml.elements import Element, entries

_BEGINS = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|feed|[\w.-]+:feed|[A-Za-z!])")
_WATT_HOURS = "72"
_CUMULATIVE = frozenset({"1", "2", "3"})
_DELTA = frozenset({"", "0", "4"})
_REVERSE = "19"
_ELECTRICITY = frozenset({"", "0", "1", "2"})
_ESTIMATED = frozenset({"7", "8", "9", "11", "12", "13"})
_DOUBTED = "10"
LONGEST_SECONDS = 400 * 86_400
MOST_DECLARED = 200_000


@dataclass(frozen=True, slots=True)
class GreenButton:
    """Any XML is taken for it; what has no reading of it is refused."""

    name: str = "green_button"

    def fits(self, head: bytes) -> int:
        wide = head[:2] in {b"\xff\xfe", b"\xfe\xff"} and b"<\0" in head[:4] + b"\0"
        return SURE if wide or _BEGINS.match(head) else NO

    def open(self, *, stream: BinaryIO, said: Profile, zone: tzinfo | None) -> Opened:
        declared = _declared(stream)
        clock = said.zone or zone or declared.clock or UTC
        rolls_over: dict[str, int] = {}
        rows = _rows(stream, declared, said, rolls_over)
        return Opened(zone=clock, rows=rows, encoding=declared.encoding, rolls_over=rolls_over)


@dataclass(slots=True)
class _Declared:
    """What a feed says of its readings."""

    types: dict[str, dict[str, str]] = field(default_factory=dict)  # href -> of a ReadingType
    readings: dict[str, str] = field(default_factory=dict)  # MeterReading href -> type href
    blocks: list[str] = field(default_factory=list)  # entry by entry: its MeterReading href
    clock: tzinfo | None = None
    encoding: str = "utf-8"

    def type_of(self, reading: str) -> dict[str, str] | None:
        wanted = self.readings.get(reading, "")
        if wanted in self.types:
            return self.types[wanted]
        if len(self.types) == 1:
            return next(iter(self.types.values()))
        return None if self.types else {}


def _declared(stream: BinaryIO) -> _Declared:
    """
    Everything but the readings.

    :raises FormatUnknown: it is XML of something else
    """
    found, seen = _Declared(), False
    for entry in entries(stream, keep=_DECLARING):
        seen = seen or entry.name == "entry"
        if entry.name != "entry":
            continue
        _note(found, entry)
        if len(found.blocks) + len(found.types) + len(found.readings) > MOST_DECLARED * 10:
            raise FormatUnknown(columns="entry")
    if not (seen and any(found.blocks)):
        raise FormatUnknown(columns="XML without IntervalBlock")
    return found


_DECLARED_ELEMENTS = (
    "entry link content UsagePoint LocalTimeParameters MeterReading ReadingType IntervalBlock "
    "dstEndRule dstStartRule dstOffset tzOffset accumulationBehaviour commodity flowDirection "
    "intervalLength powerOfTenMultiplier uom"
)
_DECLARING = frozenset(_DECLARED_ELEMENTS.split())


def _note(found: _Declared, entry: Element) -> None:
    self_, up, related = _links(entry)
    if (kind := entry.find("ReadingType")) is not None:
        found.types[self_] = {child.name: child.text.strip() for child in kind.children}
    elif (clock := entry.find("LocalTimeParameters")) is not None:
        found.clock = found.clock or espi_clock.of(
            {child.name: child.text.strip() for child in clock.children}
        )
    elif entry.find("MeterReading") is not None:
        typed = [href for href in related if "/ReadingType" in href]
        found.readings[self_] = typed[0] if typed else ""
    block = entry.find("IntervalBlock") is not None
    place = next((href for href in (self_, up) if "/MeterReading/" in href), self_ or up)
    found.blocks.append(re.sub(r"/IntervalBlock.*$", "", place) or "-" if block else "")


def _links(entry: Element) -> tuple[str, str, list[str]]:
    told: dict[str, list[str]] = {}
    for link in entry.children:
        if link.name == "link":
            told.setdefault(link.attributes.get("rel", ""), []).append(
                link.attributes.get("href", "").rstrip("/")
            )
    first = {rel: hrefs[0] for rel, hrefs in told.items()}
    return first.get("self", ""), first.get("up", ""), told.get("related", [])


@dataclass(frozen=True, slots=True)
class _Source:
    """Whose readings a block holds, and how they count."""

    meter: str
    channel: str
    kind: Kind
    factor: Decimal


def _rows(
    stream: BinaryIO, declared: _Declared, said: Profile, rolls_over: dict[str, int]
) -> Iterator[Row | RowFault | Remark]:
    entry_number = -1
    sources: dict[str, _Source | None] = {}
    for element in entries(stream, keep=_READING, each="IntervalReading"):
        if element.name == "entry":
            entry_number += 1
            continue
        place = declared.blocks[entry_number] if entry_number < len(declared.blocks) else "-"
        if place not in sources:
            source = _source(place, declared, said, sources)
            sources[place] = source
            if source is None:
                kind = declared.type_of(place) or {}
                facts: dict[str, object] = {"unit": f"uom {kind.get('uom', '?')}", "channel": ""}
                yield Remark(element.line, "not_energy", facts, _meter(place))
            elif said.digits and source.kind == Kind.REGISTER:
                rolls_over[source.meter] = int(10**said.digits * source.factor)
        if (known := sources[place]) is not None:
            yield from _told(element, known)


_READING_ELEMENTS = "IntervalReading timePeriod start duration value ReadingQuality quality"
_READING = frozenset(_READING_ELEMENTS.split())


def _meter(place: str) -> str:
    found = re.search(r"/UsagePoint/([^/]+)", place)
    return unquote(found[1] if found else place.rsplit("/", 1)[-1] or "1")[:64]


def _source(
    place: str, declared: _Declared, said: Profile, others: dict[str, _Source | None]
) -> _Source | None:
    """How the readings of a MeterReading count; None when they are no energy of electricity."""
    kind = declared.type_of(place)
    if kind is None or kind.get("uom", _WATT_HOURS) != _WATT_HOURS:
        return None
    behaviour = kind.get("accumulationBehaviour", "")
    if kind.get("commodity", "") not in _ELECTRICITY or behaviour not in _CUMULATIVE | _DELTA:
        return None
    power = kind.get("powerOfTenMultiplier", "0") or "0"
    if not re.fullmatch(r"[+-]?[0-9]{1,2}", power) or abs(int(power)) > 12:
        return None
    channel = "export" if kind.get("flowDirection") == _REVERSE else CHANNEL
    meter = said.meter or _meter(place)
    taken = {(other.meter, other.channel) for other in others.values() if other}
    if (meter, channel) in taken:
        channel = f"{channel}-{place.rsplit('/', 1)[-1]}"[:16]
    factor = Decimal(A_WH).scaleb(int(power)) * said.multiplier
    return _Source(
        meter, channel, Kind.REGISTER if behaviour in _CUMULATIVE else Kind.INTERVAL, factor
    )


def _told(element: Element, source: _Source) -> Iterator[Row | RowFault]:
    try:
        yield _row(element, source, _amount(element, source))
    except RowRefused as fault:
        yield RowFault(element.line, fault.code, fault.facts)
        if fault.code == "negative" and source.kind == Kind.INTERVAL:
            yield in_doubt(_row(element, source, 0))


def _amount(element: Element, source: _Source) -> int:
    value, register = element.child_text("value"), source.kind == Kind.REGISTER
    most = amounts.MOST_COUNTED_KWH if register else amounts.MOST_USED_KWH
    number = amounts.Numbers().read(value)
    return amounts.amount(number, factor=source.factor, most_kwh=most, text=value)


def _row(element: Element, source: _Source, amount: int) -> Row:
    period = element.find("timePeriod")
    start = _whole(period.child_text("start") if period else "", "bad_time")
    seconds = _whole((period.child_text("duration") if period else "") or "0", "bad_span")
    if not 600_000_000 <= start <= 7_258_118_400:
        raise RowRefused("bad_time", value=shown(str(start)))
    register = source.kind == Kind.REGISTER
    if not (seconds >= 0 if register else seconds > 0) or seconds > LONGEST_SECONDS:
        raise RowRefused("bad_span", value=shown(str(seconds)))
    return Row(
        line=element.line,
        meter=source.meter,
        channel=source.channel,
        kind=source.kind,
        at=start + seconds if register else start,
        seconds=0 if register else seconds,
        amount=amount,
        quality=_quality(element),
    )


def _whole(text: str, code: str) -> int:
    if not re.fullmatch(r"[0-9]{1,12}", text.strip(), re.ASCII):
        raise RowRefused(code, value=shown(text))
    return int(text)


def _quality(element: Element) -> Quality:
    told = {found.child_text("quality") for found in element.all("ReadingQuality")}
    if _DOUBTED in told:
        return Quality.DOUBTED
    return Quality.ESTIMATED if told & _ESTIMATED else Quality.MEASURED


FORMAT = GreenButton()
