"""The bridge beside a real broker that is stopped in mid-flow: nothing lost, nothing twice."""

import asyncio
import contextlib
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import aiomqtt
import pytest
from django.db import connections

from meters.readings.models import Delivery, RegisterReading
from meters.readings.mqtt import bridge
from meters.readings.mqtt.bridge import Broker, Message
from meters.readings.operations import bridging
from meters.readings.queries import senders
from tests import factories
from tests.conftest import skip_missing
from tests.engines import mosquitto
from tests.engines.servers import EngineMissing

FIRST = datetime(2026, 3, 2, tzinfo=UTC)
AT = datetime(2026, 5, 1, tzinfo=UTC)
TOPIC = "zigbee2mqtt/plug-b203"
COUNT = 120
PATIENCE_SECONDS = 60


def payload(number: int) -> str:
    seen = FIRST + timedelta(minutes=5 * number)
    return json.dumps({"energy": 10 + number / 100, "last_seen": seen.isoformat()})


async def publish(port: int, numbers: Sequence[int]) -> None:
    """Publish until the broker has taken each; one that went away is waited for."""
    left = list(numbers)
    while left:
        with contextlib.suppress(aiomqtt.MqttError):
            async with aiomqtt.Client("127.0.0.1", port, identifier="plug", timeout=5) as plug:
                while left:
                    await plug.publish(TOPIC, payload(left[0]), qos=1)
                    left.pop(0)
                    await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)


def store(messages: Sequence[Message]) -> None:
    try:
        bridging.store_messages(messages)
    finally:
        connections.close_all()


def topics() -> list[str]:
    try:
        return senders.mqtt_topics()
    finally:
        connections.close_all()


async def until_stored(count: int) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await asyncio.to_thread(_stored) < count:
            await asyncio.sleep(0.1)


def _stored() -> int:
    try:
        return RegisterReading.objects.count()
    finally:
        connections.close_all()


async def until_heard(port: int) -> None:
    """Say the first reading until the bridge, which takes a moment to subscribe, has stored it."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await asyncio.to_thread(_stored):
            await publish(port, [0])
            await asyncio.sleep(0.2)


async def flow(folder: Path) -> None:
    """The plug speaks all the while; first the broker dies, then the bridge."""
    server, port = mosquitto.launch(store=folder)
    broker = Broker("127.0.0.1", port, client_id="bridge")

    def start() -> asyncio.Task[None]:
        return asyncio.create_task(
            bridge.run(broker=broker, topics=topics, store=store, now=lambda: AT)
        )

    receiving = start()
    await until_heard(port)
    sending = asyncio.create_task(publish(port, range(1, COUNT)))
    await until_stored(COUNT // 4)
    await asyncio.to_thread(server.stop)
    await asyncio.sleep(0.5)
    server, port = mosquitto.launch(store=folder, port=port)
    await until_stored(COUNT // 2)
    receiving.cancel()  # the bridge dies, too; the broker keeps what it has not acknowledged
    await asyncio.wait([receiving])
    await sending
    receiving = start()
    await until_stored(COUNT)
    receiving.cancel()
    await asyncio.wait([receiving])
    await asyncio.to_thread(server.stop)


def in_a_loop_of_its_own(folder: Path) -> None:
    """In a thread: a browser test that ran before leaves its loop running in this one."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(lambda: asyncio.run(flow(folder))).result()


@pytest.mark.mqtt
@pytest.mark.django_db(transaction=True)
def test_a_broker_and_a_bridge_that_die_lose_nothing_and_tell_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bridge, "RETRY_SECONDS", (0.2,))
    monkeypatch.setattr(bridge, "WAIT_SECONDS", 0.2)
    monkeypatch.setattr(bridging, "revise_nights", lambda **_: [])
    campus = factories.a_campus()
    room = factories.a_room(residence=factories.a_residence(campus=campus))
    factories.a_meter(room=room, serial="B-203", since=date(2026, 1, 1))
    bridging.map_topic(topic=TOPIC, meter_serial="B-203", campus=campus)
    tmp_path.chmod(0o777)
    try:
        in_a_loop_of_its_own(tmp_path)
    except EngineMissing as missing:
        skip_missing(missing)
    rows = RegisterReading.objects.order_by("read_at").values_list("wh", "revision")
    assert list(rows) == [(10_000 + 10 * number, 1) for number in range(COUNT)]
    assert sum(one.accepted_rows for one in Delivery.objects.all()) == COUNT
    assert not Delivery.objects.filter(refused_rows__gt=0).exists()
