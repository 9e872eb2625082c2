"""What the MQTT bridge received becomes deliveries, one for each campus that it speaks of."""

import io
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from campus.places.models import Campus
from meters.readings import intake
from meters.readings.models import Delivery, MqttTopic, RegisterReading
from meters.readings.mqtt.bridge import Message
from meters.readings.mqtt.payloads import Shown, understood
from meters.readings.operations.revising import revise_nights


def store_messages(messages: Sequence[Message]) -> list[Delivery]:
    """
    Take in messages, each a line of a JSON delivery that keeps topic and payload as they came.

    What says nothing we understand is a refused line of it, so that a manager sees it. When this
    returns, all of it is committed.
    """
    served = _served(messages)
    counted = {mapped.pk: mapped.last_message for mapped in served.values()}
    of_campus: dict[Campus, list[str]] = defaultdict(list)
    for message in messages:
        for topic, document in _documents(message):
            mapped = served.get(topic) or served.get(message.topic)
            if mapped is not None:
                of_campus[mapped.meter.campus].append(_line(document, mapped))
    taken = [
        _take(campus=campus, lines=lines, messages=messages) for campus, lines in of_campus.items()
    ]
    _remember(served.values(), counted)
    return taken


def _remember(served: Iterable[MqttTopic], counted: Mapping[int, str]) -> None:
    """Which message of each topic came last, where its network counts them."""
    for mapped in served:
        if mapped.last_message != counted[mapped.pk]:
            mapped.save(update_fields=["last_message"])


def _take(*, campus: Campus, lines: Sequence[str], messages: Sequence[Message]) -> Delivery:
    at = max(message.received_at for message in messages)
    content = '{"readings": [\n' + ",\n".join(lines) + "\n]}\n"
    delivery = intake.take_in(
        campus=campus,
        name=f"mqtt {at:%Y-%m-%d %H%M%S}.json",
        stream=io.BytesIO(content.encode()),
        way=Delivery.Way.MQTT,
        by=None,
        at=at,
        limit_bytes=None,
    )
    if delivery.accepted_rows:
        revise_nights(delivery=delivery, at=at)
    return delivery


def _served(messages: Sequence[Message]) -> Mapping[str, MqttTopic]:
    """Topic, or topic#part, -> the meter it reports for."""
    topics = {message.topic for message in messages}
    parts = {topic for message in messages for topic, _document in _documents(message)}
    rows = MqttTopic.objects.filter(topic__in=topics | parts)
    return {row.topic: row for row in rows.select_related("meter", "meter__campus")}


def _documents(message: Message) -> list[tuple[str, dict[str, object]]]:
    """(topic or topic#part, what a message says as the push format tells it)."""
    payload = message.payload.decode("utf-8", "replace")[:4096]
    raw: dict[str, object] = {"topic": message.topic, "payload": payload}
    told = understood(topic=message.topic, payload=message.payload)
    if not told:
        return [(message.topic, raw)]
    return [(_address(message, shown), _document(shown, message) | raw) for shown in told]


def _address(message: Message, shown: Shown) -> str:
    return f"{message.topic}#{shown.part}" if shown.part else message.topic


def _document(shown: Shown, message: Message) -> dict[str, object]:
    at = shown.stamp or message.received_at.isoformat(timespec="seconds")
    told: dict[str, object] = {"at": at, "register_kwh": str(shown.kwh)}
    told |= {"restarts": True} if shown.restarts else {}
    return told | ({"message": shown.once} if shown.once else {})


def _line(document: dict[str, object], mapped: MqttTopic) -> str:
    told = {"meter": mapped.meter.serial, **document}
    if told.pop("restarts", False) and _went_back(mapped, str(told["register_kwh"])):
        told["event"] = "reset"
    if told.get("message"):
        # A network hands a message on again with another time: it is the same reading.
        told["repeats"] = told["message"] == mapped.last_message
        mapped.last_message = str(told["message"])[:80]
    return json.dumps(told, ensure_ascii=False)


def _went_back(mapped: MqttTopic, kwh: str) -> bool:
    """Whether a register that a reboot clears shows less than it did."""
    rows = RegisterReading.objects.filter(channel__meter=mapped.meter)
    newest = rows.order_by("-read_at", "-revision").first()
    return newest is not None and float(kwh) * 1000 + 1 < newest.wh


def map_topic(*, topic: str, meter_serial: str, campus: Campus) -> MqttTopic:
    """Say which meter a topic reports for; saying it again changes it."""
    with transaction.atomic():
        meter = campus.meters.get(serial=meter_serial)
        mapped, _new = MqttTopic.objects.update_or_create(
            topic=topic, defaults={"campus": campus, "meter": meter}
        )
    return mapped
