"""
The mini-campus: sunlight waiting as drops, the student's map, what stands on it, what was asked.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from campus.people.models import Holder
from campus.places.models import Campus
from points.earning.models import Award


class Drop(models.Model):
    """Sunlight waiting to be collected. Only the server moves its state."""

    class State(models.TextChoices):
        RIPE = "RIPE", _("Ripe")
        COLLECTED = "COLLECTED", _("Collected")
        BANKED = "BANKED", _("Banked")
        VOID = "VOID", _("Void")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="drops")
    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="drop")
    kind = models.CharField(max_length=16)
    amount = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.RIPE)
    effective_on = models.DateField()
    ripe_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["holder"], condition=Q(state="RIPE"), name="ripe_drops"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} {self.state}"


class GameMap(models.Model):
    """One student's campus. `version` grows by one with every accepted action."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    holder = models.OneToOneField(Holder, on_delete=models.PROTECT, related_name="game_map")
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="game_maps")
    name = models.CharField(max_length=24, blank=True)
    seed = models.PositiveIntegerField()
    version = models.PositiveBigIntegerField(default=0)
    parcels = models.JSONField(help_text="open parcels")
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.uid)


class Instance(models.Model):
    """A student's own item: stored, or standing at a cell."""

    class State(models.TextChoices):
        STORED = "STORED", _("Stored")
        PLACED = "PLACED", _("Placed")
        RETURNED = "RETURNED", _("Returned")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    map = models.ForeignKey(GameMap, on_delete=models.PROTECT, related_name="instances")
    item = models.CharField(max_length=32)
    state = models.CharField(max_length=8, choices=State.choices, default=State.STORED)
    x = models.SmallIntegerField(null=True)
    y = models.SmallIntegerField(null=True)
    rot = models.PositiveSmallIntegerField(default=0)
    level = models.PositiveSmallIntegerField(default=1)
    asset = models.CharField(max_length=3)
    paid = models.PositiveIntegerField()
    bought_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="PLACED", x__isnull=False, y__isnull=False)
                | Q(~Q(state="PLACED"), x=None, y=None),
                name="placed_has_a_cell",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["map", "state"])]

    def __str__(self) -> str:
        return f"{self.item} {self.state}"


class ActionResult(models.Model):
    """The stored first answer to an action id, so that a repeat changes nothing."""

    map = models.ForeignKey(GameMap, on_delete=models.CASCADE, related_name="results")
    action = models.UUIDField()
    fingerprint = models.CharField(max_length=64)
    result = models.JSONField()
    done_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["map", "action"], name="action_done_once")
        ]

    def __str__(self) -> str:
        return str(self.action)
