"""That each night happens once: runs, steps and chunks as the truth, and the keys of writes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campus.places.models import Campus


class State(models.TextChoices):
    WAITING = "WAITING", _("Waiting")
    RUNNING = "RUNNING", _("Running")
    DONE = "DONE", _("Done")
    FAILED = "FAILED", _("Failed")


class NightRun(models.Model):
    """The close of one local day of one campus."""

    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="nights")
    day = models.DateField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campus", "day"], name="night_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.campus_id} {self.day} {self.state}"

    def plan(self) -> "list[Step]":
        """The steps in the order of the plan."""
        return sorted(self.steps.all(), key=lambda step: step.position)


class Step(models.Model):
    """One step of a night, in the order of the plan. Safe to run twice."""

    run = models.ForeignKey(NightRun, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(max_length=64)
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "name"], name="step_once_a_night")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"

    @property
    def failed(self) -> bool:
        return self.state == State.FAILED


class Chunk(models.Model):
    """A part of a step that is written in one short transaction, and marked done in the same."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    rows = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["step", "number"], name="chunk_once_a_step")
        ]

    def __str__(self) -> str:
        return f"{self.step_id}/{self.number}"


class IdempotencyKey(models.Model):
    """A write that was asked for by key: the same key answers the same answer."""

    principal = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    key = models.CharField(max_length=64)
    method = models.CharField(max_length=8)
    route = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    response = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["principal", "key"], name="key_used_once")
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.route}"
