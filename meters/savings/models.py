"""What a room would have used, what it saved by that measure, and what of it is paid for."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from campus.people.models import Occupancy
from campus.places.models import Campus, Term


class EmissionFactor(models.Model):
    """Kilograms of CO2 (or CO2e) per kWh of a grid, from a day on, with its source."""

    region = models.CharField(max_length=16)
    valid_from = models.DateField()
    kg_per_kwh = models.DecimalField(max_digits=7, decimal_places=5)
    gas = models.CharField(max_length=4)
    year = models.CharField(max_length=16)
    source = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "valid_from"], name="factor_starts_once")
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.kg_per_kwh}"


class Baseline(models.Model):
    """The level of an occupancy against the comparison rooms, frozen for a term."""

    occupancy = models.ForeignKey(Occupancy, on_delete=models.PROTECT, related_name="baselines")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="baselines")
    version = models.PositiveSmallIntegerField(default=1)
    method = models.CharField(max_length=16)
    level_wh = models.BigIntegerField(help_text=_("mean daily use at peer index 1"))
    away_permille = models.PositiveSmallIntegerField(
        help_text=_("use below this share of the expected use counts as away, in 1/1000")
    )
    inputs = models.JSONField(help_text=_("what it was computed from, so that it can be replayed"))
    frozen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["occupancy", "term", "version"], name="baseline_once_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.occupancy_id} v{self.version}"


class CampusIndex(models.Model):
    """How much the comparison rooms used on a day against their own usual, frozen at the close."""

    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="indexes")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="indexes")
    day = models.DateField()
    ppm = models.BigIntegerField(help_text=_("the index in millionths; 1 000 000 = as usual"))
    rooms = models.PositiveIntegerField(help_text=_("comparison rooms it was taken from"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campus", "term", "day"], name="index_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.campus_id} {self.day}"


class SavingEstimate(models.Model):
    """The daily estimate: expected use, actual use, and whether the day counts."""

    class Verdict(models.TextChoices):
        COUNTED = "COUNTED", _("Counts")
        AWAY = "AWAY", _("Nobody was home")
        NO_DATA = "NO_DATA", _("No measured use")

    occupancy = models.ForeignKey(Occupancy, on_delete=models.PROTECT, related_name="estimates")
    day = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    baseline = models.ForeignKey(Baseline, on_delete=models.PROTECT, related_name="+")
    expected_wh = models.BigIntegerField()
    actual_wh = models.BigIntegerField(null=True)
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    use_revision = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["occupancy", "day", "revision"], name="estimate_once_a_day"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["day", "occupancy"])]

    def __str__(self) -> str:
        return f"{self.occupancy_id} {self.day} r{self.revision}"


class SavingSettlement(models.Model):
    """
    What of an occupancy's saving is paid for a period; the only fact that earns carbon points.

    Sums run from the first creditable day of the term; `booked_wh` is the high-water mark to date
    and `settled_wh` what this period adds to it. `facts` holds every figure of the rule.
    """

    occupancy = models.ForeignKey(Occupancy, on_delete=models.PROTECT, related_name="settlements")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="settlements")
    starts_on = models.DateField()
    ends_on = models.DateField(help_text=_("first day after the period"))
    revision = models.PositiveSmallIntegerField(default=1)
    baseline = models.ForeignKey(Baseline, on_delete=models.PROTECT, related_name="+")
    expected_wh = models.BigIntegerField()
    actual_wh = models.BigIntegerField()
    settled_wh = models.BigIntegerField()
    booked_wh = models.BigIntegerField()
    factor = models.ForeignKey(EmissionFactor, on_delete=models.PROTECT, related_name="+")
    settled_co2_g = models.BigIntegerField()
    facts = models.JSONField()
    settled_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["occupancy", "term", "starts_on", "revision"], name="settled_once_a_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.occupancy_id} {self.starts_on} r{self.revision}"
