"""
`manage.py mqtt_bridge`: receives what plugs and radio meters publish, until it is stopped.

The broker is named by CAMPUS_MQTT_HOST, _PORT, _USERNAME, _PASSWORD, _TLS, _CA_FILE, _CLIENT_ID.
"""

import asyncio
import contextlib
import os
import signal
from argparse import ArgumentParser
from collections.abc import Sequence

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from campus import clock
from campus.places.models import Campus
from meters.readings.models import Meter
from meters.readings.mqtt import bridge
from meters.readings.operations import bridging
from meters.readings.queries import senders


class Command(BaseCommand):
    help = "Receive readings from an MQTT broker; --map TOPIC=METER says which meter reports where."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--campus", help="slug of the campus whose meters are mapped")
        parser.add_argument(
            "--map", action="append", default=[], metavar="TOPIC=METER", help="remember, and end"
        )

    def handle(self, *, campus: str | None, map: list[str], **_: object) -> None:  # noqa: A002
        if map:
            for pair in map:
                self._map(pair, campus)
            return
        broker = bridge.from_environment(os.environ)
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_run(broker))

    def _map(self, pair: str, slug: str | None) -> None:
        topic, _equals, serial = pair.rpartition("=")
        campus = Campus.objects.filter(slug=slug).first()
        if campus is None or not topic:
            raise CommandError("Say --campus SLUG and --map TOPIC=METER.")
        try:
            mapped = bridging.map_topic(topic=topic, meter_serial=serial, campus=campus)
        except Meter.DoesNotExist:
            raise CommandError(f"Campus {slug} has no meter {serial!r}.") from None
        self.stdout.write(f"{mapped.topic} reports for {mapped.meter.serial}")


async def _run(broker: bridge.Broker) -> None:
    task = asyncio.current_task()
    assert task is not None
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await bridge.run(broker=broker, topics=_topics, store=_store, now=clock.now)


def _topics() -> list[str]:
    close_old_connections()
    return senders.mqtt_topics()


def _store(messages: Sequence[bridge.Message]) -> None:
    close_old_connections()
    bridging.store_messages(messages)
