"""A campus with meters, and a hand that delivers files to it."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from campus.places.models import Campus
from meters.readings import intake
from meters.readings.models import Delivery, MeterDay
from tests import factories

AT = datetime(2026, 5, 1, 3, tzinfo=UTC)
Deliver = Callable[..., Delivery]


@pytest.fixture
def campus(db: None) -> Campus:
    return factories.a_campus()


@pytest.fixture
def deliver(campus: Campus) -> Deliver:
    """Hand in rows (or bytes) as one file; the newest Delivery comes back."""

    def hand_in(
        *rows: str | bytes, name: str = "readings.csv", at: datetime = AT, to: Campus | None = None
    ) -> Delivery:
        lines = [row if isinstance(row, bytes) else row.encode() for row in rows]
        return intake.take_in(
            campus=to or campus,
            name=name,
            stream=io.BytesIO(b"\n".join(lines)),
            way=Delivery.Way.COMMAND,
            by=None,
            at=at,
            limit_bytes=None,
        )

    return hand_in


@pytest.fixture
def told() -> Callable[[str], dict[str, tuple[int | None, str]]]:
    """Day -> (Wh, status) of the newest revision of a meter's days."""

    def days(serial: str) -> dict[str, tuple[int | None, str]]:
        rows = MeterDay.objects.filter(channel__meter__serial=serial).order_by("revision")
        return {str(row.day): (row.wh, row.status) for row in rows}

    return days


def day(text: str) -> date:
    return date.fromisoformat(text)
