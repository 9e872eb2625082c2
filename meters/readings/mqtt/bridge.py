"""
From a broker to deliveries: a message is acknowledged only when its reading is stored.

QoS 1 and a session that the broker keeps: what was published while this process or the broker was
away comes when both are back. A message that comes twice tells what is known: nothing counts twice.
"""

import asyncio
import contextlib
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import aiomqtt
import structlog

log = structlog.get_logger(__name__)
# Stored together: a thousand plugs that report at midnight are a few deliveries, not a thousand.
MOST_AT_ONCE = 500
WAIT_SECONDS = 1.0
RETRY_SECONDS = (1, 2, 5, 10, 30)
LOOK_AGAIN_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Broker:
    """Where to connect, and as whom."""

    host: str
    port: int
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    tls: bool = False
    ca_file: str | None = None
    client_id: str = "low-carbon-campus"

    def context(self) -> ssl.SSLContext | None:
        return ssl.create_default_context(cafile=self.ca_file) if self.tls else None


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it came."""

    topic: str
    payload: bytes
    received_at: datetime


Store = Callable[[Sequence[Message]], None]
Topics = Callable[[], Sequence[str]]


async def run(*, broker: Broker, topics: Topics, store: Store, now: Callable[[], datetime]) -> None:
    """
    Receive and store until cancelled; connects again, ever more slowly, when the broker is away.

    `topics` and `store` are called in a thread: they speak to the database.
    """
    failures = 0
    while True:
        try:
            async with _client(broker) as client:
                failures = 0
                log.info("mqtt_connected", host=broker.host)
                await _receive(client, topics, store, now)
        except aiomqtt.MqttError as fault:
            wait = RETRY_SECONDS[min(failures, len(RETRY_SECONDS) - 1)]
            failures += 1
            log.warning("mqtt_away", fault=str(fault), again_in_seconds=wait)
            await asyncio.sleep(wait)


def _client(broker: Broker) -> aiomqtt.Client:
    client = aiomqtt.Client(
        broker.host,
        broker.port,
        username=broker.username,
        password=broker.password,
        identifier=broker.client_id,
        clean_session=False,
        tls_context=broker.context(),
        keepalive=30,
    )
    # aiomqtt has no word for it; paho below it does.
    client._client.manual_ack_set(True)
    return client


async def _receive(
    client: aiomqtt.Client, topics: Topics, store: Store, now: Callable[[], datetime]
) -> None:
    subscribed: set[str] = set()
    looked = await _subscribe(client, topics, subscribed)
    waiting: list[tuple[aiomqtt.Message, Message]] = []
    clock = asyncio.get_running_loop().time
    reader = aiter(client.messages)
    upcoming = asyncio.ensure_future(anext(reader))
    try:
        while True:
            with contextlib.suppress(TimeoutError):
                came = await asyncio.wait_for(asyncio.shield(upcoming), WAIT_SECONDS)
                waiting.append((came, _message(came, now())))
                upcoming = asyncio.ensure_future(anext(reader))
                if len(waiting) < MOST_AT_ONCE and len(client.messages):
                    continue
            if waiting:
                await asyncio.to_thread(store, [message for _raw, message in waiting])
                for raw, _stored in waiting:
                    client._client.ack(raw.mid, raw.qos)
                waiting = []
            if clock() - looked > LOOK_AGAIN_SECONDS:
                looked = await _subscribe(client, topics, subscribed)
    finally:
        upcoming.cancel()


def _message(came: aiomqtt.Message, at: datetime) -> Message:
    return Message(str(came.topic), bytes(came.payload), at)


async def _subscribe(client: aiomqtt.Client, topics: Topics, subscribed: set[str]) -> float:
    """Ask for the topics that are new; the broker remembers the others."""
    wanted = await asyncio.to_thread(topics)
    for topic in wanted:
        if topic not in subscribed:
            await client.subscribe(topic, qos=1)
            subscribed.add(topic)
    return asyncio.get_running_loop().time()


def from_environment(values: Mapping[str, str]) -> Broker:
    """The broker that CAMPUS_MQTT_* name."""
    tls = values.get("CAMPUS_MQTT_TLS", "").casefold() in {"1", "true", "yes", "on"}
    return Broker(
        host=values.get("CAMPUS_MQTT_HOST", "localhost"),
        port=int(values.get("CAMPUS_MQTT_PORT") or (8883 if tls else 1883)),
        username=values.get("CAMPUS_MQTT_USERNAME") or None,
        password=values.get("CAMPUS_MQTT_PASSWORD") or None,
        tls=tls,
        ca_file=values.get("CAMPUS_MQTT_CA_FILE") or None,
        client_id=values.get("CAMPUS_MQTT_CLIENT_ID") or "low-carbon-campus",
    )
