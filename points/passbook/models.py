"""What students object to, and what their managers answered."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from campus.people.models import Holder
from campus.places.models import Campus, Room
from points.ledger.models import Transfer


class Objection(models.Model):
    """
    A holder says that a line of their passbook is wrong; a manager of their residence answers.

    It changes no entry: what was wrong is corrected by an entry of its own. `text` and `answer` are
    the only free words, and are emptied when the holder is erased.
    """

    class State(models.TextChoices):
        OPEN = "OPEN", _("Waiting for an answer")
        ACCEPTED = "ACCEPTED", _("Accepted")
        DECLINED = "DECLINED", _("Declined")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="objections")
    # Where the holder lived when they objected: it stays answerable after they moved.
    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="objections")
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="objections")
    entry = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="objections")
    text = models.CharField(max_length=1000, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        "campus.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(state="OPEN"), name="entry_objected_to_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN", answered_at__isnull=True)
                | (~Q(state="OPEN") & Q(answered_at__isnull=False)),
                name="answered_unless_open",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["campus", "state", "-id"], name="objection_of_campus"),
            models.Index(fields=["holder", "-id"], name="objection_of_holder"),
        ]

    def __str__(self) -> str:
        return f"{self.uid} {self.state}"
