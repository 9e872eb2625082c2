"""What became of each row: counts without end, lines up to a length that people can read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from meters.readings.refusals import REPEATS, RowFault
from meters.readings.row import Remark

MOST_REFUSED = 10_000
MOST_REPEATED = 1_000


@dataclass(slots=True)
class Tally:
    """Grows while a file is taken in."""

    accepted: int = 0
    duplicate: int = 0
    refused: int = 0
    first_day: int | None = None
    last_day: int | None = None
    _refused_lines: list[RowFault] = field(default_factory=list)
    _repeated_lines: list[RowFault] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def told(self, fault: RowFault) -> None:
        """A row that its format could not read, or knew as a repeat of another."""
        if fault.code in REPEATS:
            self.repeat([fault])
        else:
            self.refuse(fault)

    def refuse(self, fault: RowFault) -> None:
        """A row is not taken in."""
        self.refused += 1
        if len(self._refused_lines) < MOST_REFUSED:
            self._refused_lines.append(fault)

    def remark(self, remark: Remark) -> None:
        """The file says something that is no row."""
        if len(self.remarks) < MOST_REPEATED:
            self.remarks.append(remark)

    def accept(self, count: int) -> None:
        """Rows told something new."""
        self.accepted += count

    def repeat(self, faults: Iterable[RowFault]) -> None:
        """Rows told what was known."""
        for fault in faults:
            self.duplicate += 1
            if len(self._repeated_lines) < MOST_REPEATED:
                self._repeated_lines.append(fault)

    def repeat_lines(self, lines: NDArray[np.int64]) -> None:
        """Rows that an earlier delivery told the same, by their lines."""
        room = max(MOST_REPEATED - len(self._repeated_lines), 0)
        self.duplicate += len(lines)
        told = (RowFault(line, "known_already", {}) for line in lines[:room].tolist())
        self._repeated_lines.extend(told)

    def saw(self, ordinal: int) -> None:
        """A row that was understood speaks of a day."""
        if self.first_day is None or ordinal < self.first_day:
            self.first_day = ordinal
        if self.last_day is None or ordinal > self.last_day:
            self.last_day = ordinal

    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day spoken of."""
        first, last = self.first_day, self.last_day
        return (
            None if first is None else date.fromordinal(first),
            None if last is None else date.fromordinal(last),
        )

    def report(self) -> list[dict[str, object]]:
        """[{line, code, facts}] in the order of the lines."""
        told = sorted([*self._refused_lines, *self._repeated_lines], key=lambda row: row.line)
        return [row._asdict() for row in told]
