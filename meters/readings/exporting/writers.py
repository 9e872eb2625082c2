"""CSV, XLSX and Green Button XML of figures. Pure."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

from openpyxl import Workbook

from campus.units import kwh
from meters.readings.exporting.figures import Figure

DAILY = ("meter_id", "date", "kwh", "quality")
INTERVALS = ("meter_id", "ts_start", "ts_end", "kwh", "quality")
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Writer:
    """A form of export: its media type, its ending, and how figures become bytes."""

    media_type: str
    ending: str
    write: Callable[[Iterable[Figure], bool], Iterator[bytes]]


def _row(figure: Figure, *, daily: bool) -> tuple[str, ...]:
    quality = "estimated" if figure.estimated else "measured"
    energy = str(kwh(figure.wh))
    if daily:
        return figure.serial, figure.starts_at.date().isoformat(), energy, quality
    times = figure.starts_at.isoformat(), figure.ends_at.isoformat()
    return figure.serial, *times, energy, quality


def _imports(figures: Iterable[Figure]) -> Iterator[Figure]:
    """A table has no column for the direction of a channel: it tells what was used."""
    return (figure for figure in figures if figure.flow == "IMPORT")


def write_csv(figures: Iterable[Figure], daily: bool) -> Iterator[bytes]:
    """UTF-8 with its mark, so that spreadsheets show every script."""
    page = io.StringIO()
    table = csv.writer(page)
    table.writerow(DAILY if daily else INTERVALS)
    yield b"\xef\xbb\xbf"
    for number, figure in enumerate(_imports(figures), start=1):
        table.writerow(_row(figure, daily=daily))
        if number % _AT_ONCE == 0:
            yield page.getvalue().encode()
            page.seek(0)
            page.truncate()
    yield page.getvalue().encode()


def write_xlsx(figures: Iterable[Figure], daily: bool) -> Iterator[bytes]:
    """One sheet; energy as a number, meters and times as text, which no program rewrites."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("readings")
    sheet.append(DAILY if daily else INTERVALS)
    for figure in _imports(figures):
        *told, energy, quality = _row(figure, daily=daily)
        sheet.append([*told, float(energy), quality])
    packed = io.BytesIO()
    book.save(packed)
    yield packed.getvalue()


def write_green_button(figures: Iterable[Figure], daily: bool) -> Iterator[bytes]:
    """An ESPI feed: a usage point for each meter, Wh, each direction a reading of its own."""
    yield _FEED.encode()
    yield from _entry("ReadingType/import", _READING_TYPE.format(direction=1))
    yield from _entry("ReadingType/export", _READING_TYPE.format(direction=19))
    for (serial, flow), own in groupby(figures, key=lambda one: (one.serial, one.flow)):
        way = flow.casefold()
        point = f"RetailCustomer/1/UsagePoint/{quote(serial, safe='')}"
        yield from _entry(point, _USAGE_POINT)
        related = f"ReadingType/{way}"
        yield from _entry(f"{point}/MeterReading/{way}", _METER_READING, related=related)
        for number, block in enumerate(_blocks(own), start=1):
            yield from _entry(f"{point}/MeterReading/{way}/IntervalBlock/{number}", _block(block))
    yield b"</feed>\n"


_FEED = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Readings</title>\n'
)
_ESPI = 'xmlns="http://naesb.org/espi"'
_USAGE_POINT = f"<UsagePoint {_ESPI}><ServiceCategory><kind>0</kind></ServiceCategory></UsagePoint>"
_METER_READING = f"<MeterReading {_ESPI}/>"
_READING_TYPE = (
    f"<ReadingType {_ESPI}><accumulationBehaviour>4</accumulationBehaviour>"
    "<commodity>1</commodity><flowDirection>{direction}</flowDirection>"
    "<powerOfTenMultiplier>0</powerOfTenMultiplier><uom>72</uom></ReadingType>"
)
_READING = (
    "<IntervalReading><timePeriod><duration>{seconds}</duration><start>{start}</start>"
    "</timePeriod><value>{wh}</value>{quality}</IntervalReading>\n"
)
_ESTIMATED = "<ReadingQuality><quality>8</quality></ReadingQuality>"


def _entry(path: str, content: str, *, related: str = "") -> Iterator[bytes]:
    self_ = escape(f"/espi/1_1/resource/{path}", {'"': "&quot;"})
    link = f'<link rel="related" href="/espi/1_1/resource/{related}"/>' if related else ""
    yield (
        f"<entry><id>urn:uuid:{uuid5(NAMESPACE_URL, self_)}</id>"
        f'<link rel="self" href="{self_}"/>{link}<content>{content}</content></entry>\n'
    ).encode()


def _blocks(figures: Iterable[Figure]) -> Iterator[list[Figure]]:
    block: list[Figure] = []
    for figure in figures:
        block.append(figure)
        if len(block) == _AT_ONCE:
            yield block
            block = []
    if block:
        yield block


def _block(figures: list[Figure]) -> str:
    readings = "".join(
        _READING.format(
            start=int(figure.starts_at.timestamp()),
            seconds=int(figure.ends_at.timestamp() - figure.starts_at.timestamp()),
            wh=figure.wh,
            quality=_ESTIMATED if figure.estimated else "",
        )
        for figure in figures
    )
    return f"<IntervalBlock {_ESPI}>{readings}</IntervalBlock>"


_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRITERS: Mapping[str, Writer] = {
    "csv": Writer("text/csv; charset=utf-8", "csv", write_csv),
    "xlsx": Writer(_SHEET, "xlsx", write_xlsx),
    "green_button": Writer("application/atom+xml", "xml", write_green_button),
}
