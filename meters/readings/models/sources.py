"""Who sends readings: profiles of their files, keys of their gateways, topics of their plugs."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from uuid6 import uuid7

from campus.places.models import Campus
from meters.readings.models.arrivals import Delivery
from meters.readings.models.devices import Channel, Meter


class SourceProfile(models.Model):
    """How the files of one source are read; `document` is what `readings.profile` understands."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="profiles")
    name = models.CharField(max_length=80)
    document = models.JSONField(default=dict)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campus", "name"], name="profile_once_a_campus")
        ]

    def __str__(self) -> str:
        return self.name


class DeviceKey(models.Model):
    """
    A gateway that may push readings. Its secret is derived from the deployment's own key and the
    uid, shown once, and stored nowhere.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="device_keys")
    name = models.CharField(max_length=80)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class PushNonce(models.Model):
    """A signed request that came: the same nonce of a key is never taken twice."""

    key = models.ForeignKey(DeviceKey, on_delete=models.CASCADE, related_name="nonces")
    nonce = models.CharField(max_length=64)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "nonce"], name="nonce_once_a_key")
        ]

    def __str__(self) -> str:
        return self.nonce


class MqttTopic(models.Model):
    """The topic on which a plug or a radio meter reports, and the channel it reports for."""

    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="mqtt_topics")
    topic = models.CharField(max_length=200, help_text="as the device sends it, no wildcards")
    meter = models.ForeignKey(Meter, on_delete=models.PROTECT, related_name="mqtt_topics")
    last_message = models.CharField(
        max_length=80, blank=True, help_text="how its network counts the newest message"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["topic"], name="topic_of_one_meter")
        ]

    def __str__(self) -> str:
        return self.topic


class ShownBalance(models.Model):
    """
    What a prepaid meter's system said was left, as its export wrote it, with its source line.

    Mirrored, never computed; money, or energy where `in_kwh`.
    """

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="balances")
    read_at = models.DateTimeField()
    shown = models.DecimalField(max_digits=14, decimal_places=4)
    in_kwh = models.BooleanField(default=False)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="+")
    line = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["channel", "-read_at"])]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.read_at}"
