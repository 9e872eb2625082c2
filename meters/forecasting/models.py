"""How far off forecasts were, so that the next ones can say how sure they are."""

from typing import ClassVar

from django.db import models

from campus.places.models import Campus


class MonthEndError(models.Model):
    """
    How the rooms of a campus ended a cycle, against what was expected after each day of it.

    Of each room the error is (used - expected) / expected, in thousandths; a tenth of the rooms
    lay below `low` and a tenth above `high`. `wape` is the sum of absolute errors in thousandths
    of the sum used.
    """

    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="month_end_errors")
    starts_on = models.DateField()
    ends_on = models.DateField()
    day_number = models.PositiveSmallIntegerField(help_text="days of the cycle that were known")
    rooms = models.PositiveIntegerField()
    low = models.IntegerField()
    high = models.IntegerField()
    wape = models.PositiveIntegerField()
    measured_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campus", "starts_on", "ends_on", "day_number"],
                name="month_end_measured_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.campus_id} {self.starts_on} day {self.day_number}"
