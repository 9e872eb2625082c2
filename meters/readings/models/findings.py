"""Doubt about data is data: what was found, with the figures that prove it."""

from typing import ClassVar

from django.db import models

from campus.places.models import Campus, Residence
from meters.readings.models.arrivals import Delivery
from meters.readings.models.devices import Meter


class Issue(models.Model):
    """A finding about data quality, with the figures that prove it. Doubt about data is data."""

    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="issues")
    meter = models.ForeignKey(Meter, null=True, on_delete=models.PROTECT, related_name="issues")
    residence = models.ForeignKey(
        Residence,
        null=True,
        on_delete=models.PROTECT,
        related_name="issues",
        help_text="of what is found in a house as a whole",
    )
    day = models.DateField(null=True)
    code = models.CharField(max_length=32)
    facts = models.JSONField(default=dict)
    delivery = models.ForeignKey(Delivery, null=True, on_delete=models.PROTECT, related_name="+")
    line = models.PositiveIntegerField(null=True)
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campus", "-found_at"])]

    def __str__(self) -> str:
        return f"{self.code} {self.day}"
