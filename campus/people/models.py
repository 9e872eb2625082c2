"""Who: users with an erasable profile, the opaque holder the books know, and who lives where."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from campus.places.models import Campus, Residence, Room


class Holder(models.Model):
    """The opaque owner that bills, awards and the ledger know. It says nothing about a person."""

    class Kind(models.TextChoices):
        PERSON = "PERSON", _("Person")
        CAMPUS = "CAMPUS", _("Campus")
        CAFE = "CAFE", _("Café")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="holders")
    erased_at = models.DateTimeField(null=True, help_text="since when nobody is behind it")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campus"], condition=Q(kind="CAMPUS"), name="campus_holds_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"


class User(AbstractUser):
    """A sign-in. Who it is stands in the profile, which can be deleted."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]


class Language(models.TextChoices):
    KO = "ko", "한국어"
    EN = "en", "English"
    ZH = "zh-hans", "简体中文"


class Profile(models.Model):
    """The one link from a person to their holder; deleting it erases the person from every book."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="profile")
    holder = models.OneToOneField(Holder, on_delete=models.PROTECT, related_name="profile")
    nickname = models.CharField(max_length=24)
    language = models.CharField(max_length=8, choices=Language.choices, default=Language.KO)

    def __str__(self) -> str:
        return self.nickname


class Residency(models.Model):
    """One person's stay in a room: nights from starts_on up to, not including, ends_on."""

    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="residencies")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="residencies")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "residencies"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="residency_has_a_night",
            ),
            models.UniqueConstraint(
                fields=["holder"], condition=Q(ends_on__isnull=True), name="lives_in_one_room"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["room", "starts_on"])]

    def __str__(self) -> str:
        return f"{self.holder_id} in {self.room_id}"


class Occupancy(models.Model):
    """The unchanged set of residents of a room, half-open in days. A baseline belongs to it."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="occupancies")
    residents = models.ManyToManyField(Holder, related_name="occupancies")
    people = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "occupancies"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["room", "starts_on"], name="occupancy_starts_once")
        ]

    def __str__(self) -> str:
        return f"{self.room_id} from {self.starts_on}"


class StaffRole(models.Model):
    """What a user may do beyond being a student, and for which residence, café or campus."""

    class Kind(models.TextChoices):
        MANAGER = "MANAGER", _("Manager of a residence")
        TILL = "TILL", _("Till of a café")
        ORGANISER = "ORGANISER", _("Organiser of activities")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="staff_roles")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    residence = models.ForeignKey(Residence, null=True, blank=True, on_delete=models.CASCADE)
    cafe = models.ForeignKey(Holder, null=True, blank=True, on_delete=models.CASCADE)
    campus = models.ForeignKey(Campus, null=True, blank=True, on_delete=models.CASCADE)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="MANAGER", residence__isnull=False, cafe=None, campus=None)
                | Q(kind="TILL", residence=None, cafe__isnull=False, campus=None)
                | Q(kind="ORGANISER", residence=None, cafe=None, campus__isnull=False),
                name="role_names_its_own_place",
            ),
            models.UniqueConstraint(
                fields=["user", "residence"],
                condition=Q(residence__isnull=False),
                name="manages_a_residence_once",
            ),
            models.UniqueConstraint(
                fields=["user", "cafe"], condition=Q(cafe__isnull=False), name="till_of_a_cafe_once"
            ),
            models.UniqueConstraint(
                fields=["user", "campus"],
                condition=Q(campus__isnull=False),
                name="organises_on_a_campus_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}"
