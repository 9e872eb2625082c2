"""What tests of activities stand on: a host, guests, and the terms of earning."""

from datetime import UTC, datetime, timedelta
from typing import Any

from campus.people.models import Holder
from points.activities import operations
from points.activities.models import Activity
from points.earning import operations as earning
from tests import factories as make

AT = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)  # Wednesday noon in Seoul
START = AT + timedelta(hours=6)
END = START + timedelta(hours=2)


def a_person(name: str = "Willow", **fields: Any) -> Holder:
    """A student."""
    return make.a_student(nickname=name, **fields).holder


def an_activity(*, host: Holder | None = None, start: datetime = START, **fields: Any) -> Activity:
    """A workshop of ten seats, this evening for two hours."""
    wish: dict[str, Any] = {
        "title": "Mending workshop",
        "about": "Bring one torn thing.",
        "place": "Print studio",
        "starts_at": start,
        "ends_at": start + timedelta(hours=2),
        "capacity": 10,
        "at": AT,
    }
    return operations.host(host=host or a_person("Host"), **wish | fields)


def in_force() -> None:
    """The default terms of every rule, since the new year."""
    earning.install_default_terms(campus=make.a_campus(), valid_from=make.SINCE)
