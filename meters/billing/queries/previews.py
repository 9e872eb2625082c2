"""What a correction would change in money, before anything is saved."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from campus.places.models import Room
from meters.billing.facts import CyclePreview
from meters.billing.models import DailyCharge
from meters.billing.queries.replays import parts_of, replay


def preview_correction(
    *, room: Room, changes: Mapping[date, int | None], at: datetime
) -> tuple[CyclePreview, ...]:
    """
    What each room-mate would owe or get back if some days of a room had used otherwise.

    One preview a billed cycle, in order; a cycle that was never charged has none. Nothing is
    written. `meters.billing.operations.rebill` does what this tells.

    :param changes: day -> Wh as it would be known (None: unknown)
    """
    found: dict[date, dict[date, int | None]] = {}
    for day, wh in changes.items():
        starts_on = _cycle_start(room, day)
        if starts_on is not None:
            found.setdefault(starts_on, {})[day] = wh
    told = (_preview(room, starts_on, its, at) for starts_on, its in sorted(found.items()))
    return tuple(preview for preview in told if preview is not None)


def _cycle_start(room: Room, day: date) -> date | None:
    """The first day of the billed cycle that holds a day."""
    rows = DailyCharge.objects.filter(room=room, cycle_starts_on__lte=day)
    row = rows.order_by("-cycle_starts_on").values_list("cycle_starts_on", "cycle_days").first()
    return row[0] if row and day < row[0] + timedelta(days=row[1]) else None


def _preview(
    room: Room, starts_on: date, changes: Mapping[date, int | None], at: datetime
) -> CyclePreview | None:
    known = replay(room=room, starts_on=starts_on, at=at, changes=changes)
    if known is None:
        return None
    parts, priced = parts_of(known, at=at)
    return CyclePreview(
        starts_on=starts_on,
        ends_on=known.known.cycle.end,
        closed=known.closed,
        billed=sum(known.billed.values()),
        priced=priced,
        amount=sum(parts.values()),
        parts=parts,
    )
