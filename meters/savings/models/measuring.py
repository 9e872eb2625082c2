"""What a room would have used, and what it saved by that measure, day by day."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campus.people.models import Occupancy
from campus.places.models import Campus, Enrolment, Term


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


class Cohort(models.Model):
    """
    Occupancies whose baselines were taken from the same days, against the same comparison rooms.

    `HISTORY` learns from the year before the term; `OBSERVED` from three weeks in which nobody is
    asked to save. Every comparison room is measured alike in each cohort, so that what the way of
    measuring does to a figure drops out of it.
    """

    class Kind(models.TextChoices):
        HISTORY = "HISTORY", _("From the year before")
        OBSERVED = "OBSERVED", _("From three weeks of observation")

    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="cohorts")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="cohorts")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    learns_from = models.DateField()
    counts_from = models.DateField(help_text="first day that can earn; learning ends before it")
    comparison_rooms = models.PositiveIntegerField()
    inputs = models.JSONField(help_text="what all its baselines share")
    frozen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["term", "kind", "counts_from"], name="cohort_frozen_once"
            ),
            models.CheckConstraint(
                condition=Q(counts_from__gt=F("learns_from")), name="cohort_learns_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campus_id} {self.kind} {self.counts_from}"


class Baseline(models.Model):
    """What is needed to say an occupancy's expected use of any day of the term, frozen."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="baselines")
    occupancy = models.ForeignKey(Occupancy, on_delete=models.PROTECT, related_name="baselines")
    part = models.CharField(max_length=10, choices=Enrolment.Part.choices)
    version = models.PositiveSmallIntegerField(help_text="version of the method")
    level_wh = models.BigIntegerField(help_text="mean daily use at peer index 1")
    history_days = models.PositiveSmallIntegerField(help_text="measured days it learnt from")
    away_permille = models.PositiveSmallIntegerField(
        help_text="use below this share of the expected use counts as away, in 1/1000"
    )
    inputs = models.JSONField(help_text="every figure of it, so that it can be replayed")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cohort", "occupancy"], name="baseline_once_a_cohort")
        ]

    def __str__(self) -> str:
        return f"{self.occupancy_id} in {self.cohort_id}"


class CampusIndex(models.Model):
    """
    How much the comparison rooms used on a day against their own usual, frozen at the close.

    A later correction of a comparison room does not change it: it would change everybody's saving.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="indexes")
    day = models.DateField()
    ppm = models.BigIntegerField(help_text="the index in millionths; 1 000 000 = as usual")
    rooms = models.PositiveIntegerField(help_text="comparison rooms it was taken from")

    class Meta:
        verbose_name_plural = "campus indexes"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cohort", "day"], name="index_once_a_day"),
            models.CheckConstraint(condition=Q(ppm__gt=0), name="index_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.day}"


class SavingEstimate(models.Model):
    """The daily estimate: expected use, actual use, and whether the day counts."""

    class Verdict(models.TextChoices):
        COUNTED = "COUNTED", _("Counts")
        POSSIBLY_AWAY = "POSSIBLY", _("Perhaps nobody was home; the next day tells")
        AWAY = "AWAY", _("Nobody was home")
        NO_DATA = "NO_DATA", _("No measured use")
        WARNED = "WARNED", _("A weather warning: nobody should save")

    occupancy = models.ForeignKey(Occupancy, on_delete=models.PROTECT, related_name="estimates")
    day = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    baseline = models.ForeignKey(Baseline, on_delete=models.PROTECT, related_name="+")
    baseline_wh = models.BigIntegerField(help_text="what the baseline says of the day")
    expected_wh = models.BigIntegerField(
        help_text="the baseline less what comparison rooms fall short of theirs"
    )
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
