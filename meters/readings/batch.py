"""Plain rows of a table, thousands at a time, as columns. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from meters.readings.row import Kind
from meters.readings.sorting.spool import Rows


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """
    Rows of one kind as they are set aside, except that their CHANNEL is a place in `meters`.

    What `row.Row` says of one row, they say of many: measured, without event, revision or balance.
    """

    meters: Sequence[str]
    rows: Rows
    kind: Kind
    ends: bool
