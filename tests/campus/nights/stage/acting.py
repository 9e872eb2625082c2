"""What the processes on the stage do."""

import hashlib
import json
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from campus import clock
from campus.celery import app
from campus.nights import operations, scheduler
from campus.places.models import Campus
from points.ledger.encoding import digest
from points.ledger.queries.lines import lines
from tests.engines.touches import Touches

COUNTED = (
    "meters_delivery", "meters_meterday", "meters_dailyuse", "meters_dailycharge",
    "meters_savingestimate", "meters_savingsettlement", "meters_ranking", "meters_place",
    "points_award", "points_drop", "points_transfer", "points_lot", "points_seal",
)  # fmt: skip


def work() -> None:
    """A worker of one process."""
    touches = _touched()
    try:
        app.worker_main(["worker", "--pool", "solo", "--loglevel", "INFO"])
    finally:
        Path("touches").write_text(str(touches.count))


def tick() -> None:
    """The embedded clock, until nothing is open."""
    touches = _touched()
    north = Campus.objects.get()
    last = clock.last_closed_day(at=clock.now(), zone=north.zone, close_hour=north.close_hour)
    scheduler.PULSE_SECONDS = 0.1
    clock_thread = scheduler.start(every=0.2)
    while operations.open_days(north, last):
        clock_thread.thread.join(0.1)
    clock_thread.stop()
    Path("touches").write_text(str(touches.count))


def again() -> None:
    """Every night of the whole plan once more, its steps and chunks from the beginning."""
    campus = Campus.objects.get()
    whole = campus.nights.filter(steps__name=settings.NIGHT_PLAN[-1])
    days = list(whole.values_list("day", flat=True))
    operations.reclose(campus=campus, days=days, at=clock.now())


def _touched() -> Touches:
    named = os.environ.get("CAMPUS_TEST_TOUCHES", "")
    touches = Touches(at=[int(word) for word in named.split(",") if word], then=_strike)
    touches.watch()
    connection.close()  # the next one is watched
    return touches


def _strike() -> None:
    by, victim = int(os.environ["CAMPUS_TEST_SIGNAL"]), os.environ["CAMPUS_TEST_VICTIM"]
    if not victim:
        os.kill(os.getpid(), by)
    elif Path(victim).exists():
        pid = int(Path(victim).read_text())
        Path(victim).unlink()  # ids of processes are used again
        os.kill(pid, by)


def tell() -> None:
    """What stands in the database, apart from when it was written."""
    call_command("verify_ledger", stdout=sys.stderr)
    at = datetime(2000, 1, 1, tzinfo=UTC)
    told = {"digest": digest(replace(line, posted_at=at) for line in lines())}
    with connection.cursor() as cursor:
        for table in COUNTED:
            cursor.execute(f"SELECT count(*) FROM {table}")
            told[table] = cursor.fetchone()[0]
        cursor.execute("SELECT holder_id, asset, balance FROM points_account ORDER BY 1, 2, 3")
        told["balances"] = hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()
    told["inbox"] = sorted(path.name for path in settings.INBOX_DIR.rglob("*.csv"))
    told["open"] = [run.state for run in Campus.objects.get().nights.exclude(state="DONE")]
    sys.stdout.write(json.dumps(told))
