"""That each night happens once: runs, steps and chunks as the truth, and the keys of writes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campus.places.models import Campus


class State(models.TextChoices):
    WAITING = "WAITING", _("Waiting")
    RUNNING = "RUNNING", _("Running")
    DONE = "DONE", _("Done")
    FAILED = "FAILED", _("Failed")


class NightRun(models.Model):
    """
    The close of one local day of one campus.

    `asked` counts how often the close was asked for; `served` is the one whose steps these are. A
    night is done only when nobody has asked again meanwhile.
    """

    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="nights")
    day = models.DateField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, help_text="when it was last done")
    asked = models.PositiveIntegerField(default=1)
    served = models.PositiveIntegerField(default=1)

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
    reason = models.CharField(max_length=64, blank=True, help_text="code of what made it fail")
    facts = models.JSONField(default=dict, help_text="what fills the words of the reason")
    error = models.TextField(blank=True, help_text="traceback; never leaves the server")

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


class Claim(models.Model):
    """
    Who closes nights of a campus now: one process at a time, and days in their order.

    A claim is a lease in the database's own time, renewed while its process lives. One that was
    killed renews nothing, and after `until` another takes over.
    """

    campus = models.OneToOneField(Campus, on_delete=models.CASCADE, related_name="claim")
    token = models.UUIDField(null=True)
    by = models.CharField(max_length=200, blank=True, help_text="host and process id")
    until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.campus_id} {self.by}"


class Outbox(models.Model):
    """
    A task that must run, kept in the transaction that wants it.

    A process may die between COMMIT and publish, a broker may forget: until `done_at` stands here,
    the message is sent again whenever `due_at` has passed. So tasks run at least once.
    """

    task = models.CharField(max_length=64)
    arguments = models.JSONField()
    key = models.CharField(
        max_length=128, help_text="what it is about; once among those not yet sent"
    )
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "outbox"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(sent_at__isnull=True), name="message_waits_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(done_at__isnull=True), name="message_due")
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.key}"


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
