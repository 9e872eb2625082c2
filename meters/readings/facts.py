"""What this room hands to others: frozen, and free of tables."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Self

import numpy as np
from numpy.typing import NDArray

from meters.readings.models import Correction, Status

STATUSES: tuple[str, ...] = tuple(Status.values)
CAUSES: tuple[str, ...] = Correction.CAUSES
_CODE = {name: code for code, name in enumerate(STATUSES)}


@dataclass(frozen=True, slots=True, eq=False)
class UseBatch:
    """
    Daily use of rooms as columns of one length, sorted by room and day, newest revisions only.

    room_id, day_ordinal (`date.toordinal`), wh (-1 = missing) and revision are int64; status is
    uint8, an index into STATUSES.
    """

    room_id: NDArray[np.int64]
    day_ordinal: NDArray[np.int64]
    wh: NDArray[np.int64]
    status: NDArray[np.uint8]
    revision: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.room_id)

    def is_status(self, status: str) -> NDArray[np.bool_]:
        """Where the day has that status."""
        found: NDArray[np.bool_] = self.status == _CODE[status]
        return found

    def status_names(self) -> list[str]:
        """The statuses as their codes of the database."""
        return [STATUSES[code] for code in self.status]

    def but(self, days: Collection[tuple[int, int]]) -> Self:
        """The same batch, in which some (room, day ordinal) are missing."""
        if not days:
            return self
        pairs = zip(self.room_id.tolist(), self.day_ordinal.tolist(), strict=True)
        out = np.fromiter((pair in days for pair in pairs), dtype=np.bool_, count=len(self))
        return replace(
            self,
            wh=np.where(out, -1, self.wh),
            status=np.where(out, _CODE[Status.MISSING], self.status).astype(np.uint8),
        )

    @classmethod
    def of_rows(cls, rows: list[tuple[int, date, int | None, str, int]]) -> Self:
        """From (room, day, wh, status, revision) rows in the order of room, day, revision."""
        columns = np.array(
            [
                (room, day.toordinal(), -1 if wh is None else wh, _CODE[status], revision)
                for room, day, wh, status, revision in rows
            ],
            dtype=np.int64,
        ).reshape(-1, 5)
        newest = columns[_last_of_each(columns[:, 0], columns[:, 1])]
        room_id, day_ordinal, wh, status, revision = (column.copy() for column in newest.T)
        for column in (room_id, day_ordinal, wh, revision):
            column.flags.writeable = False
        return cls(room_id, day_ordinal, wh, status.astype(np.uint8), revision)


def _last_of_each(room: NDArray[np.int64], day: NDArray[np.int64]) -> NDArray[np.bool_]:
    """True where the next row speaks of another room or day."""
    last = np.ones(len(room), dtype=np.bool_)
    last[:-1] = (room[1:] != room[:-1]) | (day[1:] != day[:-1])
    return last


@dataclass(frozen=True, slots=True)
class DayFact:
    """One closed day of a room; `hours_known` when its meter told hours."""

    day: date
    wh: int | None
    status: str
    revision: int
    hours_known: bool


@dataclass(frozen=True, slots=True)
class CorrectionFact:
    """A final day of a room that is told otherwise, and what became of it; energy in Wh."""

    uid: str
    room_id: int
    room_uid: str
    room_number: str
    day: date
    cause: str
    old_wh: int | None
    old_status: str
    new_wh: int | None
    new_status: str
    state: str
    found_at: datetime
    decided_at: datetime | None
    decided_by: str
    note: str


@dataclass(frozen=True, slots=True)
class OutageFact:
    """A day on which the power of a residence failed, with what shows it."""

    day: date
    facts: dict[str, object]
    by_person: bool


@dataclass(frozen=True, slots=True)
class MeterFact:
    """The meter that serves a room on a day; `last_day` is the newest day it told anything of."""

    serial: str
    simulated: bool
    hourly: bool
    last_day: date | None


@dataclass(frozen=True, slots=True)
class DeliveryFact:
    """Where a figure came from; `line` is the first physical line that told it."""

    uid: str
    name: str
    received_at: datetime
    line: int


@dataclass(frozen=True, slots=True)
class IntervalFact:
    """One hour of a day; Wh None when missing."""

    starts_at: datetime
    wh: int | None
    quality: str


@dataclass(frozen=True, slots=True)
class RevisionFact:
    """What a delivery told of a day."""

    revision: int
    wh: int | None
    status: str
    told_at: datetime
    delivery: DeliveryFact


@dataclass(frozen=True, slots=True)
class EstimateFact:
    """How an estimated day came to its figure: a method of `words.ESTIMATES`, and its facts."""

    method: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class SourceFact:
    """
    Where the use of a room on a day comes from; status None while the day is not closed, `estimate`
    None unless it is estimated.
    """

    day: date
    wh: int | None
    status: str | None
    serial: str
    simulated: bool
    intervals: tuple[IntervalFact, ...] | None
    revisions: tuple[RevisionFact, ...]
    estimate: EstimateFact | None = None


@dataclass(frozen=True, slots=True)
class IssueFact:
    """A finding about data quality, with its words in the language that is active now."""

    code: str
    day: date | None
    serial: str | None
    room_id: int | None
    room_number: str | None
    facts: dict[str, object]
    message: str
    found_at: datetime
    settled: bool
