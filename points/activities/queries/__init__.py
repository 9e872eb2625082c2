"""Reading activities: as those see them who take part, and who answer for the campus."""

from points.activities.queries.taking_part import (
    Participant,
    activity,
    host_names,
    hosted,
    participants,
    past,
    reward,
    upcoming,
)

__all__ = [
    "Participant",
    "activity",
    "host_names",
    "hosted",
    "participants",
    "past",
    "reward",
    "upcoming",
]
