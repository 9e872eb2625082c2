"""What became of a file, as a JSON document and as lines for a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from meters.readings import words
from meters.readings.dry_run import Finding, Outcome, kwh
from meters.readings.models import Delivery
from meters.readings.refusals import REPEATS, RowFault, question
from meters.readings.rollup import Day

LINES_SHOWN = 20
Told = dict[str, str | None]  # kWh and status of a day


def document(found: Outcome) -> dict[str, Any]:
    """The outcome of a dry run; kWh as decimal strings, days local, rows physical lines."""
    told: dict[str, Any] = {
        "format": found.format,
        "encoding": found.encoding,
        "accepted": found.accepted,
        "duplicates": found.duplicates,
        "refused": [_row(fault) for fault in [*_whole(found), *found.refused]],
        "daily": _daily(found),
        "issues": [_issue(finding) for finding in found.findings],
    }
    if found.balances:
        told["balances"] = {
            meter: {"at": last.at.isoformat(), "balance": last.balance, "row": last.row}
            for meter, last in sorted(found.balances.items())
        }
    if found.refusal and (asked := question(found.refusal.code, found.refusal.facts)):
        key, choices = asked
        told["question"] = {"key": key, "choices": list(choices)}
    return told


def delivery(taken: Delivery) -> dict[str, Any]:
    """A delivery that was taken in, in the same words."""
    rows = [RowFault(row["line"], row["code"], row["facts"]) for row in taken.report]
    return {
        "format": taken.format or None,
        "delivery": str(taken.uid),
        "state": taken.state,
        "accepted": taken.accepted_rows,
        "duplicates": [row.line for row in rows if row.code in REPEATS],
        "refused": [_row(row) for row in rows if row.code not in REPEATS],
    }


def lines(found: Outcome, *, name: str) -> Iterator[str]:
    """The outcome of a dry run for a person."""
    yield (
        f"{name} ({found.format or '?'}, {found.encoding or '?'}): {found.accepted} accepted, "
        f"{len(found.duplicates)} duplicate, {len(found.refused)} refused"
    )
    faults = [*_whole(found), *found.refused]
    for fault in faults[:LINES_SHOWN]:
        yield f"  line {fault.line}: {words.row_fault(code=fault.code, facts=fault.facts)}"
    if len(faults) > LINES_SHOWN:
        yield "  " + words.more_rows(count=len(faults) - LINES_SHOWN)
    for (meter, channel), days in sorted(found.daily.items()):
        for day, told in _days(days):
            yield f"  {meter} {channel} {day}: {told['kwh'] or '–'} kWh {told['status']}"
    for finding in found.findings:
        yield f"  {_issue(finding)['detail']}"


def _whole(found: Outcome) -> list[RowFault]:
    """A refusal of the whole file, told at the line where it was seen."""
    if found.refusal is None:
        return []
    facts = dict(found.refusal.facts)
    line = facts.get("line")
    return [RowFault(line if isinstance(line, int) else 1, found.refusal.code, facts)]


def _row(fault: RowFault) -> dict[str, Any]:
    message = words.row_fault(code=fault.code, facts=fault.facts)
    return {"row": fault.line, "code": fault.code, "message": message}


def _daily(found: Outcome) -> Mapping[str, Mapping[str, Mapping[str, Told]]]:
    told: dict[str, dict[str, dict[str, Told]]] = {}
    for (meter, channel), days in sorted(found.daily.items()):
        told.setdefault(meter, {})[channel] = dict(_days(days))
    return told


def _days(days: Sequence[Day]) -> Iterator[tuple[str, Told]]:
    for day in days:
        amount = None if day.amount is None else str(kwh(day.amount))
        told: Told = {"kwh": amount, "status": day.status.lower()}
        yield date.fromordinal(day.day).isoformat(), told


def _issue(finding: Finding) -> dict[str, Any]:
    facts = {"meter": finding.meter, "day": finding.day, "line": finding.row, **finding.facts}
    told: dict[str, Any] = {"code": finding.code, "meter": finding.meter}
    if finding.row:
        told["row"] = finding.row
    if finding.day:
        told["day"] = finding.day.isoformat()
    told["detail"] = words.issue(code=finding.code, facts=facts)
    told["facts"] = dict(finding.facts)
    return told
