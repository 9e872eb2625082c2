"""Who sends readings to a campus, and how their files are read."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import F

from campus.errors import NotFound
from campus.places.models import Campus
from meters.readings.models import DeviceKey, Meter, MqttTopic, SourceProfile


def serials(*, campus: Campus) -> frozenset[str]:
    """What deliveries call the meters of a campus."""
    return frozenset(Meter.objects.filter(campus=campus).values_list("serial", flat=True))


def profiles(*, campus: Campus) -> Mapping[str, Any]:
    """The saved profiles of a campus by name, in their order."""
    rows = SourceProfile.objects.filter(campus=campus).order_by("name")
    return dict(rows.values_list("name", "document"))


def profile_named(*, campus: Campus, name: str) -> dict[str, Any] | None:
    """The document of a saved profile; None when there is none of that name."""
    row = SourceProfile.objects.filter(campus=campus, name=name).first()
    return dict(row.document) if row else None


def device_keys(*, campus: Campus) -> list[DeviceKey]:
    """The keys of a campus's gateways, those in use first, newest first."""
    rows = DeviceKey.objects.filter(campus=campus)
    return list(rows.order_by(F("revoked_at").desc(nulls_first=True), "-pk"))


def device_key(*, campus: Campus, uid: UUID) -> DeviceKey:
    """
    One key of a campus.

    :raises NotFound: the campus has no such key
    """
    row = DeviceKey.objects.filter(campus=campus, uid=uid).first()
    if row is None:
        raise NotFound
    return row


def mqtt_topics() -> list[str]:
    """Every topic that a meter reports on, of all campuses; what tells parts apart left out."""
    rows = MqttTopic.objects.values_list("topic", flat=True)
    return sorted({topic.partition("#")[0] for topic in rows})
