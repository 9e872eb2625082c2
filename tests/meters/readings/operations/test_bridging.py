"""Messages of radio meters become readings once, however often their network hands them on."""

import json
from datetime import UTC, datetime

import pytest

from meters.readings.models import RegisterReading
from meters.readings.mqtt.bridge import Message
from meters.readings.operations.bridging import map_topic, store_messages
from tests import factories

TOPIC = "application/7/device/01/event/up"


def up(count: int, minute: int, wh: int) -> Message:
    at = datetime(2026, 3, 2, 0, minute, tzinfo=UTC)
    said = {
        "time": at.isoformat(),
        "deviceInfo": {"devEui": "01"},
        "fCnt": count,
        "object": {"energy_wh": wh},
    }
    return Message(TOPIC, json.dumps(said).encode(), at)


@pytest.mark.django_db
def test_a_message_with_the_counter_of_the_one_before_is_a_repeat() -> None:
    campus = factories.a_campus()
    factories.a_meter(serial="R-1")
    map_topic(topic=TOPIC, meter_serial="R-1", campus=campus)
    (first,) = store_messages([up(12, 0, 1000), up(12, 1, 1000)])
    (second,) = store_messages([up(12, 2, 1000), up(13, 15, 1200)])
    counts = [(one.accepted_rows, one.duplicate_rows, one.refused_rows) for one in (first, second)]
    assert counts == [(1, 1, 0), (1, 1, 0)]
    assert RegisterReading.objects.count() == 2
