"""Residents hear what was decided about the past of their meter."""

from collections.abc import Sequence
from datetime import datetime

from campus.notices import operations as notices
from campus.notices import queries as told
from campus.places.models import Campus
from meters.readings.facts import CorrectionFact
from points.corrections.queries import residents_on

ACCEPTED, DECLINED = "CORRECTION_ACCEPTED", "CORRECTION_DECLINED"


def tell_decided(
    *, campus: Campus, kind: str, corrections: Sequence[CorrectionFact], at: datetime
) -> int:
    """Tell each room's residents of those days, once a room; returns how many were told."""
    rooms = {fact.room_id for fact in corrections}
    return sum(
        _tell_room(campus, kind, room, [fact for fact in corrections if fact.room_id == room], at)
        for room in sorted(rooms)
    )


def _tell_room(
    campus: Campus, kind: str, room: int, its: Sequence[CorrectionFact], at: datetime
) -> int:
    users, key = told.users_of_holders(campus=campus), f"correction-{its[0].uid}"
    lived = residents_on(room_id=room, days=[fact.day for fact in its])
    to = [users[holder] for holder in lived if holder in users]
    return notices.tell(campus=campus, kind=kind, to=to, key=key, params=_params(its), at=at)


def _params(its: Sequence[CorrectionFact]) -> dict[str, object]:
    first, last = min(fact.day for fact in its), max(fact.day for fact in its)
    when: dict[str, object] = {"day": first.isoformat()}
    if len(its) > 1:
        when = {"days": len(its), "first_on": first.isoformat(), "last_on": last.isoformat()}
    return when | _use(its)


def _use(its: Sequence[CorrectionFact]) -> dict[str, object]:
    """What all days together were and are, where each of them is known on both sides."""
    before = [fact.old_wh for fact in its if fact.old_wh is not None]
    after = [fact.new_wh for fact in its if fact.new_wh is not None]
    if len(before) < len(its) or len(after) < len(its):
        return {}
    return {"before_wh": sum(before), "after_wh": sum(after)}
