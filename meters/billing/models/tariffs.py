"""Prices through time: plans, their dated tariffs, and which residence chose which."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from uuid6 import uuid7

from campus.places.models import Campus, Residence


class TariffPlan(models.Model):
    """A price agreement through time; its tariffs follow one another without overlap."""

    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="tariff_plans")
    code = models.SlugField()
    name = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campus", "code"], name="plan_code_once_a_campus")
        ]

    def __str__(self) -> str:
        return self.code


class Tariff(models.Model):
    """One dated `cc-tariff/1` document of a plan, valid on days [valid_from, valid_to)."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    plan = models.ForeignKey(TariffPlan, on_delete=models.PROTECT, related_name="tariffs")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    document = models.JSONField()
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="tariff_lasts_a_day",
            ),
            models.UniqueConstraint(fields=["plan", "valid_from"], name="tariff_starts_once"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} from {self.valid_from}"


class PlanChoice(models.Model):
    """The plan by which a residence is priced on days [starts_on, ends_on)."""

    residence = models.ForeignKey(Residence, on_delete=models.PROTECT, related_name="plan_choices")
    plan = models.ForeignKey(TariffPlan, on_delete=models.PROTECT, related_name="choices")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["residence", "starts_on"], name="plan_chosen_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.residence_id} from {self.starts_on}"
