"""Reading what was measured. Periods are half-open: [starts_on, ends_on)."""

from meters.readings.queries.deliveries import days_told_by, deliveries, deliveries_for
from meters.readings.queries.findings import issues, open_issues_by_room
from meters.readings.queries.roofs import RoofDay, nights_of, p90_of, roof_days
from meters.readings.queries.serving import meters_of_rooms
from meters.readings.queries.sources import source_of_day
from meters.readings.queries.uses import daily_uses, days_of_room, generated_of_day, use_of_day

__all__ = [
    "RoofDay",
    "daily_uses",
    "days_of_room",
    "days_told_by",
    "deliveries",
    "deliveries_for",
    "generated_of_day",
    "issues",
    "meters_of_rooms",
    "nights_of",
    "open_issues_by_room",
    "p90_of",
    "roof_days",
    "source_of_day",
    "use_of_day",
]
