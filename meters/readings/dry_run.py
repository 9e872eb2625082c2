"""
What a file alone says, day by day: nothing is stored, no meter need be known. Pure.

The same parsing, sorting and adding up as a real intake, without what the campus knows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from typing import BinaryIO

import numpy as np

from meters.readings import formats, rollup, sorting
from meters.readings.batch import Batch
from meters.readings.formats import Opened
from meters.readings.models import Status
from meters.readings.profile import Profile
from meters.readings.refusals import REPEATS, FileRefused, NoRows, RowFault
from meters.readings.rollup import Day, Doubt, Point, Span
from meters.readings.row import A_KWH, A_WH, NOTHING, Event, Quality, Remark, Row
from meters.readings.row import CHANNEL as ONLY
from meters.readings.sorting import Rows, Sifted, Spool, spool
from meters.readings.sorting.spool import AMOUNT, AT, CHANNEL, LINE, SECONDS
from meters.readings.tables import text

Source = tuple[str, str]  # meter, channel
MOST_LISTED = 100_000


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubt about a meter, with the row or the day it is about."""

    code: str
    meter: str
    facts: dict[str, object]
    row: int | None = None
    day: date | None = None


@dataclass(slots=True)
class Balance:
    """What was left on a prepaid meter, as the sender wrote it."""

    at: datetime
    balance: str
    row: int


@dataclass(slots=True)
class Outcome:
    """What would become of a file."""

    format: str | None = None
    encoding: str | None = None
    accepted: int = 0
    duplicates: list[int] = field(default_factory=list)
    refused: list[RowFault] = field(default_factory=list)
    daily: dict[Source, Sequence[Day]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    balances: dict[str, Balance] = field(default_factory=dict)
    refusal: FileRefused | None = None


def kwh(amount: int) -> Decimal:
    """Units of `row.A_KWH` as kWh, exactly as long as they are decimals of nine places."""
    exact = (Decimal(amount) / A_KWH).quantize(Decimal("1e-9")).normalize()
    return exact if exact.as_tuple().exponent < 0 else exact.quantize(Decimal(1))  # type: ignore[operator]


def dry_run(*, stream: BinaryIO, size: int, said: Profile) -> Outcome:
    """What a file comes to by itself; a refusal of the whole file is part of the outcome."""
    found = Outcome()
    try:
        format_ = formats.recognise(stream)
        found.format = format_.name
        opened = format_.open(stream=stream, said=said, zone=None)
        found.encoding = opened.encoding
        with Spool(size=size) as set_aside:
            sources = _read(opened, set_aside, found)
            for rows in set_aside.parts():
                _add_up(rows, sources, opened, found)
    except FileRefused as refusal:
        found.refusal, found.daily = refusal, {}
        found.encoding = found.encoding or said.encoding or text.encoding_of(stream)
    found.duplicates = sorted(set(found.duplicates))
    found.refused.sort(key=lambda fault: fault.line)
    return found


def remark_unknown(found: Outcome, *, known: frozenset[str]) -> None:
    """Remark the meters that a campus does not know; what they told stands."""
    for meter in sorted({meter for meter, _channel in found.daily} - known):
        found.findings.append(Finding("unknown_meter", meter, {"meter": meter}))


def _read(opened: Opened, set_aside: Spool, found: Outcome) -> list[Source]:
    """Every row set aside under the number of its channel; returns the channels."""
    numbers: dict[Source, int] = {}
    told = 0
    for row in opened.rows:
        told += not isinstance(row, Remark)
        if isinstance(row, Batch):
            serials = [numbers.setdefault((m, ONLY), len(numbers)) for m in row.meters]
            row.rows[:, CHANNEL] = np.array(serials, dtype=np.int64)[row.rows[:, CHANNEL]]
            set_aside.add_rows(row.rows)
        elif isinstance(row, RowFault) and row.code in REPEATS:
            found.duplicates.append(row.line)
        elif isinstance(row, RowFault):
            found.refused.append(row)
        elif isinstance(row, Remark):
            found.findings.append(Finding(row.code, row.meter, row.facts, row.line))
        else:
            _keep_balance(row, found)
            source = row.meter, row.channel
            set_aside.add(channel=numbers.setdefault(source, len(numbers)), row=row)
    if not told:
        raise NoRows
    return list(numbers)


def _keep_balance(row: Row, found: Outcome) -> None:
    if not row.balance:
        return
    at = datetime.fromtimestamp(row.at, tz=UTC)
    newest = found.balances.get(row.meter)
    if newest is None or newest.at <= at:
        found.balances[row.meter] = Balance(at, row.balance, row.line)


def _add_up(rows: Rows, sources: list[Source], opened: Opened, found: Outcome) -> None:
    placed, lost = sorting.place(rows)
    for row in lost[~spool.in_doubt(lost)]:
        stamp = datetime.fromtimestamp(int(row[AT]), tz=opened.zone).strftime("%Y-%m-%d %H:%M")
        found.refused.append(RowFault(int(row[LINE]), "hour_ambiguous", {"value": stamp}))
    sifted = sorting.sift(placed)
    for some in (sifted.kept, sifted.held, sifted.superseded):
        found.accepted += int((~spool.in_doubt(some)).sum())  # those in doubt are told as refused
    found.duplicates += sifted.repeated[:, 0].tolist()
    for number in np.unique(placed[:, CHANNEL]).tolist():
        source = sources[number]
        days = _days(number, sifted, opened, source)
        found.daily[source] = days
        found.findings += _findings(source[0], days)
    found.findings += _torn(sifted, sources, opened.zone)


def _days(number: int, sifted: Sifted, opened: Opened, source: Source) -> Sequence[Day]:
    kept = spool.some(sifted.kept, sifted.kept[:, CHANNEL] == number)
    held = [rows for rows in sifted.held_times() if int(rows[0, CHANNEL]) == number]
    registers = spool.registers(kept)
    times = np.concatenate([kept[:, AT], *[rows[:1, AT] for rows in held]])
    if registers.any() or any(spool.registers(rows).any() for rows in held):
        return rollup.of_registers(
            [*_points(kept), *_torn_points(held)],
            zone=opened.zone,
            rolls_over_at=opened.rolls_over.get(source[0], 0),
            grain=A_WH,
        )
    measured = (kept[:, AMOUNT] != NOTHING) & (spool.qualities(kept) == Quality.MEASURED)
    if not held and measured.all():
        at, seconds, amounts, lines = (kept[:, n] for n in (AT, SECONDS, AMOUNT, LINE))
        whole = rollup.of_whole_days(
            at=at, seconds=seconds, amounts=amounts, lines=lines, zone=opened.zone
        )
        if whole is not None:
            return whole
    doubted = spool.in_doubt(kept)
    nothing = (kept[:, AMOUNT] == NOTHING) & ~doubted
    return rollup.of_spans(
        [*_spans(kept[~nothing & ~doubted]), *_below_nothing(kept[doubted]), *_torn_spans(held)],
        zone=opened.zone,
        spoken_of=times[: len(kept)][nothing].tolist(),
    )


def _points(rows: Rows) -> Iterator[Point]:
    estimated = spool.qualities(rows) != Quality.MEASURED
    columns = rows[:, [AT, AMOUNT, LINE]].tolist()
    for (at, amount, line), event, guess in zip(
        columns, spool.events(rows).tolist(), estimated.tolist(), strict=True
    ):
        yield Point(at, amount, line, Event(event), guess)


def _torn_points(held: list[Rows]) -> Iterator[Point]:
    for rows in held:
        yield Point(int(rows[0, AT]), None, int(rows[0, LINE]))


def _spans(rows: Rows) -> Iterator[Span]:
    columns = rows[:, [AT, SECONDS, AMOUNT, LINE]].tolist()
    for (at, seconds, amount, line), quality in zip(
        columns, spool.qualities(rows).tolist(), strict=True
    ):
        yield Span(
            at, at + seconds, amount, line, quality == Quality.ESTIMATED, quality == Quality.DOUBTED
        )


def _below_nothing(rows: Rows) -> Iterator[Span]:
    for at, seconds, line in rows[:, [AT, SECONDS, LINE]].tolist():
        yield Span(at, at + seconds, None, line, doubt="below_nothing")


def _torn_spans(held: list[Rows]) -> Iterator[Span]:
    for rows in held:
        at, seconds = int(rows[0, AT]), int(rows[0, SECONDS])
        yield Span(at, at + seconds, None, int(rows[0, LINE]))


def _findings(meter: str, days: Sequence[Day]) -> Iterator[Finding]:
    for told in days:
        day = date.fromordinal(told.day)
        for doubt in told.doubts:
            if doubt.code != "two_values":
                yield Finding(doubt.code, meter, _in_kwh(doubt), told.line or None, day)
        if told.status == Status.MISSING:
            facts: dict[str, object] = {"known_kwh": str(kwh(told.known))}
            yield Finding("day_incomplete", meter, facts, None, day)


def _in_kwh(doubt: Doubt) -> dict[str, object]:
    facts = dict(doubt.facts)
    for name in ("from", "to"):
        if isinstance(amount := facts.get(name), int):
            facts[name] = str(kwh(amount))
    return facts


def _torn(sifted: Sifted, sources: list[Source], zone: tzinfo) -> Iterator[Finding]:
    told: set[tuple[str, date, bytes]] = set()
    for rows in sifted.held_times():
        meter, _channel = sources[int(rows[0, CHANNEL])]
        at = datetime.fromtimestamp(int(rows[0, AT]), tz=UTC).astimezone(zone)
        # A line may hold a whole day of intervals: two such lines differ once.
        lines = (meter, at.date(), rows[:, LINE].tobytes())
        if lines in told:
            continue
        told.add(lines)
        values = sorted({int(amount) for amount in rows[:, AMOUNT]})
        facts: dict[str, object] = {
            "kwh": " / ".join(str(kwh(amount)) for amount in values),
            "lines": [int(line) for line in rows[:, LINE]],
        }
        yield Finding("two_values", meter, facts, int(rows[0, LINE]), at.date())
