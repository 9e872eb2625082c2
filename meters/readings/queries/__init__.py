"""Reading what was measured. Periods are half-open: [starts_on, ends_on)."""

from meters.readings.queries.corrections import (
    corrections,
    corrections_by_uid,
    edits_of_room,
    waiting_corrections,
)
from meters.readings.queries.crossed import Exchange, exchanges, suspicions, switch_offs
from meters.readings.queries.deliveries import days_told_by, deliveries, deliveries_for
from meters.readings.queries.findings import (
    issues,
    issues_within,
    open_findings,
    open_issues_by_room,
)
from meters.readings.queries.history import events_of_meter, meters_of
from meters.readings.queries.roofs import RoofDay, nights_of, p90_of, roof_days
from meters.readings.queries.serving import meters_of_rooms, room_numbers
from meters.readings.queries.silence import SilentFact, silent_in, silent_meters
from meters.readings.queries.sources import source_of_day
from meters.readings.queries.uses import (
    daily_uses,
    days_of_room,
    generated_of_day,
    generated_on,
    outage_days,
    proving_use_of_day,
    proving_uses,
    use_of_day,
    was_revised,
)

__all__ = [
    "Exchange",
    "RoofDay",
    "SilentFact",
    "corrections",
    "corrections_by_uid",
    "daily_uses",
    "days_of_room",
    "days_told_by",
    "deliveries",
    "deliveries_for",
    "edits_of_room",
    "events_of_meter",
    "exchanges",
    "generated_of_day",
    "generated_on",
    "issues",
    "issues_within",
    "meters_of",
    "meters_of_rooms",
    "nights_of",
    "open_findings",
    "open_issues_by_room",
    "outage_days",
    "p90_of",
    "proving_use_of_day",
    "proving_uses",
    "roof_days",
    "room_numbers",
    "silent_in",
    "silent_meters",
    "source_of_day",
    "suspicions",
    "switch_offs",
    "use_of_day",
    "waiting_corrections",
    "was_revised",
]
