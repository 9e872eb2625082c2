"""What a campus agreed on before a term: its lottery, its terms; and what is tried out for one."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from campus.people.models import User
from campus.places.models import Campus, Term


class Lottery(models.Model):
    """
    The draw of a term's comparison rooms, published with all that is needed to draw it again.

    Rooms are named by their uid, in the order of the draw; the first `comparison` of them are the
    comparison rooms.
    """

    term = models.OneToOneField(Term, on_delete=models.PROTECT, related_name="lottery")
    algorithm = models.CharField(max_length=32)
    seed = models.CharField(max_length=64)
    candidates = models.PositiveIntegerField()
    comparison = models.PositiveIntegerField()
    order = models.JSONField(help_text="uids of all candidates as they were drawn")
    digest = models.CharField(max_length=64, help_text="sha256 of the candidates, sorted")
    outlook = models.JSONField(help_text="false credit and power to expect with so many rooms")
    drawn_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    drawn_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "lotteries"

    def __str__(self) -> str:
        return f"{self.term_id} {self.seed}"


class RampName(models.TextChoices):
    """How sure a saving must be before a room alone is paid for it."""

    STRICT = "strict", _("Strict")
    DEFAULT = "default", _("Default")
    GENEROUS = "generous", _("Generous")


class SavingTerms(models.Model):
    """
    By which terms a campus pays for savings in the academic terms that start from a day on.

    An academic term is settled by the terms of its first day, whatever is announced later.
    """

    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="saving_terms")
    valid_from = models.DateField()
    ramp = models.CharField(max_length=8, choices=RampName.choices, default=RampName.DEFAULT)
    comfort_wh = models.PositiveIntegerField(
        help_text="a day counts at least so much for each person: nobody earns by freezing"
    )
    announced_at = models.DateTimeField()
    announced_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "saving terms"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campus", "valid_from"], name="saving_terms_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.campus_id} {self.ramp} from {self.valid_from}"


class TermRehearsal(models.Model):
    """A past term under other terms, worked out in the background and kept as it was told."""

    class State(models.TextChoices):
        WAITING = "WAITING", _("Waiting")
        DONE = "DONE", _("Done")
        FAILED = "FAILED", _("Failed")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="rehearsals")
    asked = models.JSONField(help_text="ramp, comfort_wh, cp_per_kg, weekly_cap_cp, cp_minor")
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    result = models.JSONField(default=dict)
    asked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.term_id} {self.state}"
