"""Readings of a campus from before anybody was asked to save: its own null data."""

from datetime import date, timedelta

import numpy as np

from campus.people.models import Occupancy
from campus.places.models import Campus
from meters.readings import queries as readings
from meters.savings.matrix import lived, ordinals, use_matrix
from meters.savings.queries.cohorts import calendar_of
from meters.savings.rehearsal import Panel
from meters.savings.rule import MIN_HISTORY

LONGEST, TRIED = 485, 120  # days looked back on, and those that are tried as a term
SLACK = 16  # days that may be missing of the shortest history


def untouched(*, campus: Campus, today: date) -> Panel | None:
    """
    The rooms of a campus before its first term as a panel, its last days tried as a term.

    None where too few days lie before it. Everybody plays without a role.
    """
    first_term = campus.terms.order_by("starts_on").values_list("starts_on", flat=True).first()
    ends_on = min(first_term or today, today)
    starts_on = ends_on - timedelta(days=LONGEST)
    rows = Occupancy.objects.filter(room__residence__campus=campus, starts_on__lt=ends_on)
    stays = list(rows.order_by("pk"))
    room_ids = np.array([row.room_id for row in stays], dtype=np.int64)
    batch = readings.proving_uses(room_ids=room_ids.tolist(), starts_on=starts_on, ends_on=ends_on)
    use = use_matrix(batch, room_ids=room_ids, starts_on=starts_on, ends_on=ends_on)
    there = lived(
        first=ordinals([row.starts_on for row in stays]),
        after=ordinals([row.ends_on for row in stays]),
        starts_on=starts_on,
        ends_on=ends_on,
    )
    use = np.where(there, use, np.nan)
    told = np.flatnonzero((~np.isnan(use)).any(axis=0))
    days = LONGEST - int(told[0]) if len(told) else 0
    if days < MIN_HISTORY + SLACK + TRIED // 2:
        return None
    calendar = calendar_of(campus=campus, starts_on=starts_on, ends_on=ends_on)
    return Panel(
        use=use[:, -days:],
        calendar=calendar.part(LONGEST - days, LONGEST),
        start=max(days - TRIED, MIN_HISTORY + SLACK),
        comparison=np.zeros(len(use), np.bool_),
        pools=np.zeros(len(use), np.int64),
        since=np.zeros(len(use), np.int64),
    )
