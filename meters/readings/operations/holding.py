"""What a final day is told late: it waits as a correction until a manager decides."""

from datetime import datetime

from campus.nights import queries as nights
from campus.places.models import Campus
from meters.readings.closing import Use, is_final
from meters.readings.models import Correction, Status
from meters.readings.queries.pending import Change, DayResult

LATE, EDIT, CROSSED = Correction.CAUSES
_STANDING = (Correction.State.WAITING, Correction.State.DECLINED)


def hold(
    *, seen: DayResult, campus: Campus, at: datetime, cause: str | None = None
) -> list[Change]:
    """
    Set aside what may not happen by itself; returns the changes that may.

    History that no night ever closed is billed to nobody, and waits for nobody. An exchange of two
    crossed meters waits as a whole, its free days too: it is seen and decided at once.
    A waiting correction whose cause is gone, or that later data tells otherwise, is overtaken. What
    a manager declined is not asked again.
    """
    final = is_final(seen.day, today=at.astimezone(campus.zone).date())
    known = _known(seen, campus)
    crossed = {room for room, rows in known.items() if any(map(_is_exchange, rows))}
    if not (final or crossed or cause == CROSSED):
        return seen.changes
    if not nights.was_closed(campus=campus, day=seen.day):
        return seen.changes
    held = [
        change
        for change in seen.changes
        for exchanged in [cause == CROSSED or change.space[0] in crossed]
        if waits(change) and (exchanged or (final and not _guessed_anew(change, seen)))
    ]
    for room, rows in known.items():
        wanted = next((change for change in held if change.space[0] == room), None)
        for row in rows:
            if row.state == Correction.State.WAITING and not _says(row, wanted):
                row.state, row.decided_at = Correction.State.OVERTAKEN, at
                row.save(update_fields=["state", "decided_at"])
    Correction.objects.bulk_create(
        _correction(change, CROSSED if change.space[0] in crossed else cause, at)
        for change in held
        if not any(_stands(row, change) for row in known.get(change.space[0] or 0, ()))
    )
    left = [change for change in seen.changes if change not in held]
    return [change for change in left if _matters(change)] if final else left


def _is_exchange(row: Correction) -> bool:
    """What waits for a manager, or was declined by one, does not happen by itself."""
    return row.state in _STANDING and row.cause == CROSSED


def waits(change: Change) -> bool:
    """A room's use that was closed and would now be another. Words about it alone do not wait."""
    room, _zone = change.space
    return room is not None and change.before is not None and _differs(change.use, change.before)


def _guessed_anew(change: Change, seen: DayResult) -> bool:
    """An estimate that days or rooms around it would now put elsewhere: its meter told nothing."""
    was = change.before.status if change.before else None
    return was == Status.ESTIMATED and change.space in seen.estimates


def _matters(change: Change) -> bool:
    """
    A final day is not judged anew because the days before it changed: only figures move it.
    """
    return change.before is None or change.space[0] is None


def _differs(use: Use, before: Use) -> bool:
    return (use.wh, use.generated_wh) != (before.wh, before.generated_wh)


def _known(seen: DayResult, campus: Campus) -> dict[int, list[Correction]]:
    found: dict[int, list[Correction]] = {}
    rows = Correction.objects.filter(room__residence__campus=campus, day=seen.day)
    for row in rows.order_by("pk"):
        found.setdefault(row.room_id, []).append(row)
    return found


def _says(row: Correction, change: Change | None) -> bool:
    """Whether a correction proposes just this, to the day as it stands."""
    if change is None or row.old_revision != change.revision - 1:
        return False
    use = change.use
    return (row.new_wh, row.new_generated_wh) == (use.wh, use.generated_wh) and (
        row.new_status == use.status
    )


def _stands(row: Correction, change: Change) -> bool:
    return row.state in _STANDING and _says(row, change)


def _correction(change: Change, cause: str | None, at: datetime) -> Correction:
    room, _zone = change.space
    assert room is not None
    assert change.before is not None
    return Correction(
        room_id=room,
        day=change.day,
        cause=cause or (EDIT if change.use.status == "EDITED" else LATE),
        old_revision=change.revision - 1,
        old_wh=change.before.wh,
        old_status=change.before.status,
        new_wh=change.use.wh,
        new_generated_wh=change.use.generated_wh,
        new_status=change.use.status,
        found_at=at,
    )
