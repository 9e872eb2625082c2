"""How far off forecasts were, so that the next ones can say how sure they are."""

from typing import ClassVar

from django.db import models

from campus.places.models import Campus, Room


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


class NextDay(models.Model):
    """
    What a room is expected to use on the day after `through`, and from what that was told.

    One row a room, carried on each night: the level is a running mean of use, `weekday` seven
    factors in thousandths (Monday first), `off` the running mean of absolute errors in thousandths
    of the level.
    """

    room = models.OneToOneField(Room, on_delete=models.CASCADE, related_name="next_day")
    through = models.DateField()
    level_wh = models.BigIntegerField()
    weekday = models.JSONField()
    off = models.PositiveIntegerField()
    wh = models.BigIntegerField()
    low_wh = models.BigIntegerField()
    high_wh = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["through"])]

    def __str__(self) -> str:
        return f"{self.room_id} after {self.through}"


class NextDayError(models.Model):
    """
    How far off a campus's next-day forecasts of one day were, room by room, summed.

    `off_wh` are absolute errors, `naive_off_wh` those of "the same as a week ago" over the same
    rooms; `covered` rooms used what the told range held.
    """

    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="next_day_errors")
    day = models.DateField()
    rooms = models.PositiveIntegerField()
    covered = models.PositiveIntegerField()
    used_wh = models.BigIntegerField()
    off_wh = models.BigIntegerField()
    naive_off_wh = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campus", "day"], name="next_day_measured_once")
        ]

    def __str__(self) -> str:
        return f"{self.campus_id} {self.day}"
