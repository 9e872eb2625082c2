"""The café and its database: built once, put back before each afternoon, and read after it."""

import shutil
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from campus import clock
from campus.people import operations as people
from points.coupons.models import Campaign, Coupon, Offer, Redemption, Undoing
from points.ledger import queries as ledger
from points.ledger.encoding import digest
from points.ledger.queries.lines import lines
from tests import factories
from tests.points.coupons import making as make

AS_BUILT = Path("as-built")
TEMPLATE = "campus_as_built"


def build() -> None:
    """Two room-mates with points, a café with a till and a PIN, an offer with stock and money."""
    call_command("migrate", verbosity=0, interactive=False)
    now, room = clock.now(), factories.a_room()
    for username in ("willow", "maple"):
        student = make.a_saver(nickname=username)
        people.move_in(holder=student.holder, room=room, on=factories.SINCE)
        student.user.username = username
        student.user.save()
    cafe = make.a_cafe()
    till = make.a_till(cafe, pin="2580")
    till.user.username = "till"
    till.user.save()
    campaign = make.a_campaign(budget_minor=30_000, opens_at=now)
    make.an_offer(cafe=cafe, campaign=campaign, price_cp=100, left=10, opens_at=now)
    _keep()


def _keep() -> None:
    connections.close_all()
    if connection.vendor == "sqlite":
        _copy(Path(settings.DATABASES["default"]["NAME"]), AS_BUILT)
        return
    _as_neighbour(
        f"DROP DATABASE IF EXISTS {TEMPLATE}", f"CREATE DATABASE {TEMPLATE} TEMPLATE {_name()}"
    )


def restore() -> None:
    """The database as it was built, and no diary."""
    connections.close_all()
    shutil.rmtree("diary", ignore_errors=True)
    if connection.vendor == "sqlite":
        _copy(AS_BUILT, Path(settings.DATABASES["default"]["NAME"]))
        return
    _as_neighbour(
        f"DROP DATABASE {_name()} WITH (FORCE)", f"CREATE DATABASE {_name()} TEMPLATE {TEMPLATE}"
    )


def _copy(source: Path, target: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{target}{suffix}").unlink(missing_ok=True)
    for suffix in ("", "-wal"):
        if Path(f"{source}{suffix}").exists():
            shutil.copy(f"{source}{suffix}", f"{target}{suffix}")


def _name() -> str:
    return str(settings.DATABASES["default"]["NAME"])


def _as_neighbour(*commands: str) -> None:
    """Carry out commands from the server's own database, as ours must have no visitor."""
    import psycopg

    with psycopg.connect(dbname="postgres", autocommit=True) as neighbour:
        for command in commands:
            neighbour.execute(command)


def tell() -> dict[str, Any]:
    """What stands in the database, apart from ids that are drawn and from when it was written."""
    findings = [str(found) for found in ledger.findings()]
    names: dict[str, str] = {}
    told = [
        replace(
            line,
            posted_at=datetime(2000, 1, 1, tzinfo=UTC),
            source_id=names.setdefault(line.source_id, str(len(names))),
        )
        for line in lines()
    ]
    answer = {
        "digest": digest(told),
        "findings": findings,
        "book": make.book(),
        "coupons": sorted(Counter(Coupon.objects.values_list("state", "generation")).items()),
        "holders": sorted(Counter(Coupon.objects.values_list("holder_id", flat=True)).items()),
        "uses": Redemption.objects.count(),
        "undone": sorted(Undoing.objects.values_list("how", flat=True)),
        "left": [*Offer.objects.values_list("left", flat=True)],
        "money": [*Campaign.objects.values_list("left_minor", flat=True)],
    }
    connections.close_all()
    return answer
