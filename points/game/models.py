"""
The mini-campus: sunlight waiting as drops, the student's map, what stands on it, what was asked,
what neighbours gave, and the monument that a dorm builds together.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from campus.people.models import Holder
from campus.places.models import Campus, Residence, Term
from points.earning.models import Award


class Drop(models.Model):
    """Sunlight waiting to be collected. Only the server moves its state."""

    class State(models.TextChoices):
        RIPE = "RIPE", _("Ripe")
        COLLECTED = "COLLECTED", _("Collected")
        BANKED = "BANKED", _("Banked")
        GIFTED = "GIFTED", _("Given to the dorm monument")
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
    """
    One student's campus. `version` grows by one with every accepted action.

    Room-mates may always visit; `preview` lets a link show its picture to anybody.
    """

    class Visibility(models.TextChoices):
        ROOM = "ROOM", _("My room")
        DORM = "DORM", _("My dorm")
        EVERYONE = "EVERYONE", _("Everyone of the campus")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    holder = models.OneToOneField(Holder, on_delete=models.PROTECT, related_name="game_map")
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="game_maps")
    name = models.CharField(max_length=24, blank=True)
    seed = models.PositiveIntegerField()
    version = models.PositiveBigIntegerField(default=0)
    parcels = models.JSONField(help_text="open parcels")
    visibility = models.CharField(max_length=8, choices=Visibility.choices, default=Visibility.ROOM)
    preview = models.BooleanField(default=False, help_text="a link may show the picture")
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
    inside = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="things",
        help_text="the building it stands in; null outside",
    )
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


class Layout(models.Model):
    """An arrangement that the student keeps to come back to."""

    map = models.ForeignKey(GameMap, on_delete=models.CASCADE, related_name="layouts")
    slot = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=24)
    spots = models.JSONField(help_text="{instance id: [x, y, rot]}")
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["map", "slot"], name="one_layout_a_slot")
        ]

    def __str__(self) -> str:
        return self.name


class Watering(models.Model):
    """A plant of one student that another watered on a day. Nothing is ever taken."""

    map = models.ForeignKey(GameMap, on_delete=models.PROTECT, related_name="waterings")
    giver = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="waterings")
    plant = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="waterings")
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["giver", "map", "day"], name="waters_a_pair_once_a_day")
        ]
        indexes: ClassVar = [models.Index(fields=["map", "day"])]

    def __str__(self) -> str:
        return f"{self.map_id} {self.day}"


class Card(models.Model):
    """I like this: one kind word of three from one visitor; there are no others."""

    class Kind(models.TextChoices):
        CALM = "CALM", _("It is calm here")
        CLEVER = "CLEVER", _("Cleverly placed")
        BEAUTIFUL = "BEAUTIFUL", _("Beautiful")

    map = models.ForeignKey(GameMap, on_delete=models.PROTECT, related_name="cards")
    giver = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="cards")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["map", "giver"], name="one_card_a_visitor")
        ]

    def __str__(self) -> str:
        return self.kind


class Monument(models.Model):
    """
    What a dorm builds together in a term.

    `players` is counted anew each week, so that the targets do not run away from a tier.
    """

    residence = models.ForeignKey(Residence, on_delete=models.PROTECT, related_name="monuments")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="monuments")
    players = models.PositiveIntegerField()
    counted_on = models.DateField()
    built = models.PositiveBigIntegerField(default=0, help_text="sunlight")
    tiers = models.PositiveSmallIntegerField(default=0, help_text="how many were reached")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["residence", "term"], name="one_monument_a_term")
        ]

    def __str__(self) -> str:
        return f"{self.residence_id} {self.built}"


class Contribution(models.Model):
    """Sunlight that a student gave, or left to the monument; how much only they see."""

    class Kind(models.TextChoices):
        DONATED = "DONATED", _("Given")
        GIFTED = "GIFTED", _("Left over from the roof")

    monument = models.ForeignKey(Monument, on_delete=models.PROTECT, related_name="contributions")
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="contributions")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    amount = models.PositiveIntegerField()
    source = models.UUIDField(unique=True, help_text="the action or the drop behind it")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"
