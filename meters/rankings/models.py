"""Where rooms stand: published once, with rank and position stored."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from campus.places.models import Campus, Residence, Room


class Ranking(models.Model):
    """The order of rooms for the days [starts_on, ends_on); without a residence, campus-wide."""

    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="rankings")
    residence = models.ForeignKey(
        Residence, null=True, on_delete=models.PROTECT, related_name="rankings"
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    rooms = models.PositiveIntegerField(help_text="ranked rooms")
    published_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campus", "ends_on", "revision"],
                condition=Q(residence=None),
                name="campus_ranked_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["residence", "ends_on", "revision"],
                condition=Q(residence__isnull=False),
                name="residence_ranked_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.residence_id or self.campus_id} to {self.ends_on}"


class Place(models.Model):
    """A room's place. Ties share a rank; positions are 1..n without gaps: pages need no offset."""

    ranking = models.ForeignKey(Ranking, on_delete=models.CASCADE, related_name="places")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="places")
    rank = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    saved_wh_per_person = models.BigIntegerField(help_text="per person and counted day")
    days = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ranking", "room"], name="room_ranked_once"),
            models.UniqueConstraint(fields=["ranking", "position"], name="position_taken_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rank} {self.room_id}"
