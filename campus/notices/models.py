"""What was told to whom, as data; words are made in the reader's language when it is read."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from campus.places.models import Campus, Residence


class Topic(models.TextChoices):
    """What a notice is about; each can be switched off."""

    DAY = "DAY", _("My day, once a morning")
    BILL = "BILL", _("Bill, quota and balance")
    SAVING = "SAVING", _("Savings, ranks and tips")
    METER = "METER", _("Meters")
    GENERAL = "GENERAL", _("Announcements")


class Notice(models.Model):
    """One thing told to one person; it goes when they do."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=32)
    params = models.JSONField(default=dict)
    key = models.CharField(max_length=80, help_text="the same thing is told once")
    told_at = models.DateTimeField()
    rings_at = models.DateTimeField(help_text="from when on the bell shows it: never at night")
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "key"], name="told_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "-id"], name="notices_of_a_user"),
            models.Index(
                fields=["user", "rings_at"], condition=Q(read_at=None), name="unread_of_a_user"
            ),
            models.Index(fields=["campus", "told_at"], name="notices_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Muted(models.Model):
    """A topic somebody does not want to hear of."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="muted_topics"
    )
    topic = models.CharField(max_length=8, choices=Topic.choices)

    class Meta:
        verbose_name_plural = "muted"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "topic"], name="topic_muted_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.topic}"


class Announcement(models.Model):
    """What a manager told everybody in a house: {language: words}; once taken back, for ever."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    residence = models.ForeignKey(Residence, on_delete=models.PROTECT, related_name="announcements")
    title = models.JSONField()
    text = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    told_at = models.DateTimeField()
    people = models.PositiveIntegerField(default=0, help_text="how many were told")
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["residence", "-id"], name="announcements_of_a_house")
        ]

    def __str__(self) -> str:
        return f"{self.residence_id} {self.told_at:%Y-%m-%d}"
