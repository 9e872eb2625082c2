"""
What a table says about itself before a row of it is believed: where its header stands, what each
column means, how it writes numbers and times. Pure.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from itertools import islice

from meters.readings import amounts, stamps
from meters.readings.amounts import Numbers
from meters.readings.profile import Profile
from meters.readings.refusals import (
    DateOrderUnclear,
    EmptyFile,
    FormatUnknown,
    KindUnclear,
    NotCsv,
    RowFault,
    RowRefused,
    StampUnclear,
    TimezoneUnclear,
    shown,
)
from meters.readings.row import Kind
from meters.readings.tables import headers
from meters.readings.tables.columns import Columns, Found

Cells = tuple[int, list[str]]
Rows = Callable[[], Iterator[Cells | RowFault]]
HEADER_WITHIN = 30
SAMPLE = 2000
MOST_REMEMBERED = SAMPLE + 2 * HEADER_WITHIN


@dataclass(frozen=True, slots=True)
class Survey:
    """
    How to read a table from the line after its header on.

    `unwritten`: places behind the point of a register whose figures are written without a point.
    """

    header_line: int
    width: int
    columns: Columns
    kind: Kind
    ends: bool
    stamped_days: bool
    numbers: Numbers
    order: str
    zone: tzinfo
    unit: str
    unit_told: bool
    digits: int | None
    unwritten: int = 0


def survey(*, rows: Rows, profile: Profile, zone: tzinfo | None, delimiter: str) -> Survey:
    """
    How a table is to be read: the profile's word first, then the header's, then the content's.

    :raises FileRefused: what is missing, or cannot be recognised, by its name
    """
    rows = _Remembered(rows)
    line, cells = _header(rows, profile)
    names = [headers.name(cell) for cell in cells]
    found = Found(cells, names, profile)
    columns = found.columns()
    sample = _sample(rows, line, len(cells))
    order = _order(rows, line, columns, profile)
    clock = _Clock.of([_stamp_text(row, columns, 0) for row in sample], order)
    kind = _kind(found, columns, clock, profile)
    side = _side(found, columns, clock, kind, profile)
    values = [row[columns.value] for row in sample]
    numbers = _numbers(values, profile, delimiter)
    unit = profile.unit or found.unit(columns)
    unwritten = _unwritten(values, numbers, kind, profile)
    padded = _digits(values, numbers, unwritten) if kind == Kind.REGISTER else None
    return Survey(
        header_line=line,
        width=len(cells),
        columns=columns,
        kind=kind,
        ends=side == "end",
        stamped_days=not clock.times,
        numbers=numbers,
        order=order,
        zone=profile.zone or zone or clock.zone(),
        unit=unit or "kWh",
        unit_told=bool(unit) or columns.unit is not None,
        digits=profile.digits or padded,
        unwritten=unwritten,
    )


class _Remembered:
    """The rows of a table, of which the first are read only once however often they are asked."""

    def __init__(self, rows: Rows) -> None:
        self._rows, self._first = rows, rows()
        self._seen: list[Cells | RowFault] = []

    def __call__(self) -> Iterator[Cells | RowFault]:
        place = 0
        while place < MOST_REMEMBERED:
            if place == len(self._seen):
                if (row := next(self._first, None)) is None:
                    return
                self._seen.append(row)
            yield self._seen[place]
            place += 1
        yield from islice(self._rows(), place, None)


def _header(rows: Rows, profile: Profile) -> Cells:
    """The first line that names a figure and its time; titles may stand above it."""
    best: Cells | None = None
    most = -1
    wanted = {headers.name(name).word for name in profile.columns.values()}
    for row in islice(rows(), HEADER_WITHIN):
        if isinstance(row, RowFault):
            continue
        names = [headers.name(cell) for cell in row[1]]
        known = sum(name.role is not None or name.word in wanted for name in names)
        if known > most:
            best, most = row, known
    if best is None:
        raise EmptyFile
    if most <= 0:
        raise FormatUnknown(columns=shown(", ".join(best[1]))) if len(best[1]) > 1 else NotCsv()
    return best


def _sample(rows: Rows, header_line: int, width: int) -> list[list[str]]:
    told = (row for row in rows() if not isinstance(row, RowFault))
    body = (cells for line, cells in told if line > header_line and len(cells) == width)
    return list(islice(body, SAMPLE))


def _stamp_text(cells: Sequence[str], columns: Columns, which: int) -> str:
    text = cells[columns.stamps()[which]]
    return text if columns.time is None else stamps.joined(text, cells[columns.time])


def _order(rows: Rows, header_line: int, columns: Columns, profile: Profile) -> str:
    """
    Which part of a date is the day. Every line is asked until only one order is left.

    :raises DateOrderUnclear: several are left, or none that all dates could be in
    """
    if profile.date_order:
        return profile.date_order
    place, possible, some = columns.stamps()[0], stamps.ORDERS, frozenset[str]()
    unclear: tuple[int, str] | None = None
    for row in rows():
        if isinstance(row, RowFault) or row[0] <= header_line or len(row[1]) <= place:
            continue
        beyond = row[0] > header_line + SAMPLE
        if beyond and len(possible) < 2:
            break
        orders = stamps.orders_of(row[1][place])
        if orders:
            unclear = unclear or (row[0], row[1][place])
            possible, some = possible & orders, some | orders
        elif orders is None and beyond and unclear is None:
            break  # so many dates that need no order
    if unclear is None:
        return "ymd"
    if len(possible) != 1:
        asked = ", ".join(sorted(possible or some))
        raise DateOrderUnclear(line=unclear[0], value=shown(unclear[1]), orders=asked)
    return next(iter(possible))


@dataclass(frozen=True, slots=True)
class _Clock:
    """What the stamps of a sample have in common."""

    times: bool
    ends: bool
    offsets: frozenset[tzinfo]
    naive: bool

    @classmethod
    def of(cls, texts: Sequence[str], order: str) -> "_Clock":
        told = []
        for text in texts:
            try:
                told.append(stamps.written(text, order))
            except RowRefused:
                continue
        return cls(
            times=any(stamp.seconds for stamp in told),
            ends=any(stamp.seconds == stamps.DAY for stamp in told),
            offsets=frozenset(stamp.offset for stamp in told if stamp.offset),
            naive=any(stamp.offset is None for stamp in told),
        )

    def zone(self) -> tzinfo:
        """The zone to use when nobody told one: the only offset, or a clock without seasons."""
        if len(self.offsets) > 1:
            seen = ", ".join(sorted(str(offset) for offset in self.offsets))
            raise TimezoneUnclear(value=shown(seen), line=1)
        return next(iter(self.offsets), UTC)


def _kind(found: Found, columns: Columns, clock: _Clock, profile: Profile) -> Kind:
    if profile.kind:
        return profile.kind
    if found.value_role == "register" and not found.is_loose_reading(columns):
        return Kind.REGISTER
    if profile.stamp == "instant" or found.value_role != "use" or found.stamp_role == "instant":
        raise KindUnclear(line=1)
    named = found.stamp_role in {"day", "stamp"} or "stamp" in profile.columns
    if profile.stamp == "day" or (named and not clock.times):
        return Kind.DAY
    return Kind.INTERVAL


def _side(found: Found, columns: Columns, clock: _Clock, kind: Kind, profile: Profile) -> str:
    if profile.stamp:
        return profile.stamp
    if kind == Kind.REGISTER:
        return "instant"
    if columns.start is not None or found.stamp_role == "start":
        return "start"
    if columns.end is not None or found.stamp_role == "end" or clock.ends:
        return "end"
    if kind == Kind.DAY:
        return "day"
    raise StampUnclear(line=1)


def _numbers(values: Sequence[str], profile: Profile, delimiter: str) -> Numbers:
    if profile.decimal:
        other = "," if profile.decimal == "." else "."
        return Numbers(profile.decimal, other if profile.thousands is None else profile.thousands)
    if profile.thousands:
        return Numbers("," if profile.thousands == "." else ".", profile.thousands)
    failed = amounts.failed_marks(profile.failed)
    return amounts.recognise(
        (text for text in values if text.casefold() not in failed), delimiter=delimiter
    )


def _unwritten(values: Sequence[str], numbers: Numbers, kind: Kind, profile: Profile) -> int:
    """Decimals that a register is said to have where no figure of the file writes a point."""
    if kind != Kind.REGISTER or any(numbers.decimal in text for text in values):
        return 0
    return profile.decimals or 0


def _digits(values: Sequence[str], numbers: Numbers, unwritten: int) -> int | None:
    """The places before the point of a register that writes its leading zeros."""
    whole = [text.split(numbers.decimal)[0] for text in values]
    whole = [text for text in whole if text.isdecimal()]
    padded = any(len(text) > 1 and text.startswith("0") for text in whole)
    alike = padded and len({len(text) for text in whole}) == 1
    return len(whole[0]) - unwritten if alike else None
