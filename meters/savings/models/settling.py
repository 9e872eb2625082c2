"""What of the savings is paid for, week by week."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from campus.people.models import Occupancy
from campus.places.models import Campus, Term
from meters.savings.models.measuring import Baseline, EmissionFactor


class SettlementSnapshot(models.Model):
    """
    What all rooms share at one settlement: drifts, scales and pools, kept with their inputs.

    A correction of a room's readings is judged by the snapshot and changes only that room.
    """

    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="snapshots")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="snapshots")
    ends_on = models.DateField(help_text="first day after the settled days")
    facts = models.JSONField()
    placebo_wh = models.BigIntegerField(
        help_text="what the same rule would have booked for the comparison rooms to date"
    )
    comparison_wh = models.BigIntegerField(help_text="what these used in the same days")
    settled_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["term", "ends_on"], name="campus_settles_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.campus_id} to {self.ends_on}"


class SavingSettlement(models.Model):
    """
    What of an occupancy's saving is paid for a period; the only fact that earns carbon points.

    Sums run from the first creditable day of the term; `booked_wh` is the high-water mark to date
    and `settled_wh` what this period adds to it. `facts` holds every figure of the rule.
    """

    occupancy = models.ForeignKey(Occupancy, on_delete=models.PROTECT, related_name="settlements")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="settlements")
    snapshot = models.ForeignKey(
        SettlementSnapshot, on_delete=models.PROTECT, related_name="settlements"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="first day after the period")
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
            ),
            models.CheckConstraint(
                condition=Q(settled_wh__gte=0, booked_wh__gte=F("settled_wh")),
                name="settled_never_negative",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["ends_on", "occupancy"])]

    def __str__(self) -> str:
        return f"{self.occupancy_id} {self.starts_on} r{self.revision}"
