"""Where rooms and residences stand: who is compared with whom, and places stored when told."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campus.people.models import Holder
from campus.places.models import Campus, Residence, Room, RoomType, Term
from meters.rankings.periods import MONTH, TERM, WEEK


class PeerGroup(models.Model):
    """
    About thirty rooms that are compared with one another through a term.

    `type`, `people`, `residence` are what all its rooms share; empty where they differ.
    """

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="peer_groups")
    number = models.PositiveIntegerField()
    type = models.ForeignKey(RoomType, null=True, on_delete=models.PROTECT, related_name="+")
    people = models.PositiveSmallIntegerField(null=True)
    residence = models.ForeignKey(Residence, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["term", "number"], name="peer_group_once_a_term")
        ]

    def __str__(self) -> str:
        return f"{self.term_id} #{self.number}"


class Peer(models.Model):
    """A room's group in a term, and the number of people by which it was put there."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(PeerGroup, on_delete=models.CASCADE, related_name="peers")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="peerings")
    people = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["term", "room"], name="room_in_one_group_a_term")
        ]

    def __str__(self) -> str:
        return f"{self.room_id} in {self.group_id}"


class Ranking(models.Model):
    """
    The order of a group's rooms, or (without a group) of the campus's residences, for a period.

    Revision 0 is still running and is replaced until the period ends; from revision 1 on nothing
    is changed: a correction publishes the next revision, and `note` says so.
    """

    class Period(models.TextChoices):
        WEEK = WEEK, _("Week")
        MONTH = MONTH, _("Month")
        TERM = TERM, _("Term")

    class Note(models.TextChoices):
        NONE = "", ""
        CORRECTED = "CORRECTED", _("Readings were corrected after it was published.")

    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="rankings")
    group = models.ForeignKey(
        PeerGroup, null=True, on_delete=models.PROTECT, related_name="rankings"
    )
    period = models.CharField(max_length=5, choices=Period.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="first day after the days that are told")
    revision = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=9, choices=Note.choices, blank=True)
    ranked = models.PositiveIntegerField(help_text="how many have a place")
    published_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "period", "starts_on", "revision"],
                condition=Q(group__isnull=False),
                name="rooms_ranked_once_a_period",
            ),
            models.UniqueConstraint(
                fields=["campus", "period", "starts_on", "revision"],
                condition=Q(group=None),
                name="residences_ranked_once_a_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} to {self.ends_on} r{self.revision}"

    @property
    def running(self) -> bool:
        return self.revision == 0


class Place(models.Model):
    """Who stands where. Ties share a rank; positions are 1..n without gaps."""

    ranking = models.ForeignKey(Ranking, on_delete=models.CASCADE, related_name="places")
    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="places")
    residence = models.ForeignKey(
        Residence, null=True, on_delete=models.PROTECT, related_name="places"
    )
    rank = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    score = models.BigIntegerField(
        help_text="a room: Wh saved per person and day; a residence: saved of expected, in 1/1000"
    )
    days = models.PositiveSmallIntegerField(help_text="days that counted")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(room__isnull=False, residence=None)
                | Q(room=None, residence__isnull=False),
                name="place_of_one",
            ),
            models.UniqueConstraint(
                fields=["ranking", "room"], condition=Q(room__isnull=False), name="room_ranked_once"
            ),
            models.UniqueConstraint(fields=["ranking", "position"], name="position_taken_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rank} of {self.ranking_id}"


class NameShown(models.Model):
    """Who wants to be named on the boards; whoever is not here stays nameless."""

    holder = models.OneToOneField(Holder, on_delete=models.CASCADE, related_name="name_shown")
    since = models.DateTimeField()

    class Meta:
        verbose_name_plural = "names shown"

    def __str__(self) -> str:
        return str(self.holder_id)
