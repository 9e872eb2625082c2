"""A small campus with everything a night touches, closed but for its last nights."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.core.management import call_command

from campus import clock
from campus.nights import operations
from campus.places.models import Campus, Enrolment, Room
from meters.billing import operations as billing
from meters.demo.build import TARIFF
from meters.savings import operations as savings
from points.earning import operations as earning
from tests import factories
from tests.meters.savings import panels

COMPARISON, ENROLLED, HISTORY = 24, 16, 196
PERIOD = 28  # days of a settlement
NIGHTS = PERIOD + 1
LEFT = 3  # nights that are left to be closed: before, on and after the end of a period
WHOLE = 3  # nights before them with every step of the plan; what is earlier was only measured
MEASURED = ("meters.empty_inbox", "meters.close_day", "meters.estimate_savings")


def build() -> None:
    """Places, people, history, a term in the inbox, and its nights but for the last ones."""
    call_command("migrate", verbosity=0, interactive=False)
    now = clock.now()
    campus = factories.a_campus()
    # No day becomes due while the tests run, whatever the hour at which they do.
    campus.close_hour = max(0, now.astimezone(campus.zone).hour - 2)
    campus.save()
    last = clock.last_closed_day(at=now, zone=campus.zone, close_hour=campus.close_hour)
    starts = last - timedelta(days=PERIOD)
    made = panels.make(comparison=COMPARISON, enrolled=ENROLLED, history=HISTORY, days=NIGHTS)
    made.use[COMPARISON:, made.history + 7 :] *= 0.7
    rooms = list(_rooms(campus, starts, made.comparison))
    panels.tell(rooms, made.use[:, :HISTORY], starts_on=starts - timedelta(days=HISTORY))
    _fill_inbox(campus, rooms, np.round(made.use[:, HISTORY:]), starts)
    _price(campus, starts)
    savings.load_factors()
    earning.install_default_terms(campus=campus, valid_from=starts)
    _close(campus, starts, range(NIGHTS - LEFT - WHOLE), plan=MEASURED)
    _close(campus, starts, range(NIGHTS - LEFT - WHOLE, NIGHTS - LEFT), plan=settings.NIGHT_PLAN)


def _close(campus: Campus, starts: date, nights: range, *, plan: Sequence[str]) -> None:
    whole, settings.NIGHT_PLAN = settings.NIGHT_PLAN, plan
    for day in (starts + timedelta(days=n) for n in nights):
        at = clock.day_starts(day + timedelta(days=1), zone=campus.zone) + timedelta(hours=6)
        operations.close(campus=campus, day=day, at=at)
    settings.NIGHT_PLAN = whole


def _rooms(campus: Campus, starts: date, comparison: int) -> Iterator[Room]:
    term = factories.a_term(
        campus=campus, starts_on=starts, ends_on=starts + timedelta(days=PERIOD * 4)
    )
    since = starts - timedelta(days=HISTORY)
    home = factories.a_residence(campus=campus)
    for place in range(COMPARISON + ENROLLED):
        room = factories.a_room(residence=home, number=f"{place:04}")
        part = Enrolment.Part.COMPARISON if place < comparison else Enrolment.Part.ENROLLED
        factories.an_enrolment(room=room, term=term, part=part)
        factories.a_meter(room=room, serial=f"M-{place:04}", since=since)
        for _bed in range(2):
            factories.a_student(room=room, since=since)
        yield room


def _fill_inbox(campus: Campus, rooms: list[Room], use: Any, starts: date) -> None:
    """A file a day; and with the last file but one, late news of the day before."""
    inbox = settings.INBOX_DIR / campus.slug
    inbox.mkdir(parents=True)
    for n in range(use.shape[1]):
        day = starts + timedelta(days=n)
        _lay_down(inbox / f"{day}-rooms.csv", day, use[:, n])
    told, late = starts + timedelta(days=PERIOD - 1), starts + timedelta(days=PERIOD - 2)
    _lay_down(inbox / f"{told}-late.csv", late, use[:, PERIOD - 2] - 500)


def _price(campus: Campus, starts: date) -> None:
    plan = billing.open_plan(campus=campus, code="low-voltage", name={"en": "Low voltage"})
    billing.publish_tariff(plan=plan, document=json.loads(TARIFF.read_text()))
    for residence in campus.residences.all():
        billing.choose_plan(residence=residence, plan=plan, starts_on=starts.replace(day=1))


def _lay_down(path: Path, day: date, use: Any) -> None:
    rows = [f"M-{place:04},{day},{wh / 1000:.3f}" for place, wh in enumerate(use)]
    path.write_text("\n".join(["meter_id,date,kwh", *rows, ""]))
