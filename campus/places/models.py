"""Where things are: campus, residence, zone, room; and the term that gives them a calendar."""

from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7


class Campus(models.Model):
    """One site with its own clock, currency and grid."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    slug = models.SlugField(unique=True)
    name = models.JSONField(help_text="{ko, en, zh-Hans}")
    time_zone = models.CharField(max_length=64)
    currency = models.CharField(max_length=3)
    minor_digits = models.PositiveSmallIntegerField()
    latitude = models.DecimalField(max_digits=8, decimal_places=5)
    longitude = models.DecimalField(max_digits=8, decimal_places=5)
    factor_region = models.CharField(max_length=16)
    close_hour = models.PositiveSmallIntegerField(default=6)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "campuses"

    def __str__(self) -> str:
        return self.slug

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class BillMode(models.TextChoices):
    CHARGED = "CHARGED", _("Students pay this bill")
    PREPAID = "PREPAID", _("The official balance is mirrored")
    SHADOW = "SHADOW", _("What this would cost")


class Residence(models.Model):
    """A dormitory."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="residences")
    code = models.SlugField()
    name = models.JSONField()
    bill_mode = models.CharField(max_length=8, choices=BillMode.choices, default=BillMode.CHARGED)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campus", "code"], name="residence_code_once_a_campus")
        ]

    def __str__(self) -> str:
        return self.code


class ZoneKind(models.TextChoices):
    FLOOR = "FLOOR", _("Floor")
    COMMON = "COMMON", _("Common area")
    ROOF = "ROOF", _("Roof")
    WHOLE = "WHOLE", _("Whole residence")


class Zone(models.Model):
    """A part of a residence that is not a room: a floor, a common area, the roof."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    residence = models.ForeignKey(Residence, on_delete=models.PROTECT, related_name="zones")
    kind = models.CharField(max_length=8, choices=ZoneKind.choices)
    code = models.SlugField()
    name = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["residence", "code"], name="zone_code_once_a_residence")
        ]

    def __str__(self) -> str:
        return self.code


class RoomType(models.Model):
    """What a kind of room offers: beds, area and fittings. Rooms are compared within a type."""

    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="room_types")
    code = models.SlugField()
    capacity = models.PositiveSmallIntegerField()
    name = models.JSONField(default=dict, blank=True, help_text="{ko, en, zh-Hans}")
    area_m2 = models.DecimalField(max_digits=6, decimal_places=1)
    fittings = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campus", "code"], name="room_type_once_a_campus")
        ]

    def __str__(self) -> str:
        return self.code


class Orientation(models.TextChoices):
    """Where the windows of a room look: the sun heats the south, the north stays dark."""

    NORTH = "N", _("North")
    EAST = "E", _("East")
    SOUTH = "S", _("South")
    WEST = "W", _("West")


class Room(models.Model):
    """A billed room."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    residence = models.ForeignKey(Residence, on_delete=models.PROTECT, related_name="rooms")
    floor = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="rooms")
    type = models.ForeignKey(RoomType, on_delete=models.PROTECT, related_name="rooms")
    number = models.CharField(max_length=16)
    orientation = models.CharField(
        max_length=2, choices=Orientation.choices, blank=True, help_text="where its windows look"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["residence", "number"], name="room_once_a_residence")
        ]

    def __str__(self) -> str:
        return f"{self.residence.code} {self.number}"


class Term(models.Model):
    """A teaching period [starts_on, ends_on) with its days off."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="terms")
    name = models.JSONField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    vacations = models.JSONField(default=list, help_text="[[first day, first day after], ...]")
    holidays = models.JSONField(default=list, help_text="[day, ...]")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="term_ends_after_it_starts"
            ),
            models.UniqueConstraint(fields=["campus", "starts_on"], name="term_starts_once"),
        ]

    def __str__(self) -> str:
        return f"{self.campus_id} {self.starts_on}"


class Enrolment(models.Model):
    """A room's part in a term. Comparison rooms tell what the campus would have used."""

    class Part(models.TextChoices):
        ENROLLED = "ENROLLED", _("Enrolled")
        COMPARISON = "COMPARISON", _("Comparison")

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="enrolments")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="enrolments")
    part = models.CharField(max_length=10, choices=Part.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["room", "term"], name="room_enrols_once_a_term")
        ]

    def __str__(self) -> str:
        return f"{self.room_id} {self.part}"
