"""What use costs: dated tariffs, the charge of a room's day, and each resident's share."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from uuid6 import uuid7

from campus.people.models import Holder
from campus.places.models import BillMode, Campus, Residence, Room


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


class DailyCharge(models.Model):
    """
    What one day added to a room's bill: C(d, MTD_d) - C(d-1, MTD_{d-1}), in minor units.

    `cycle_wh` and `cycle_amount` are the running totals of the cycle up to and including the day;
    `lines` the running amount of each charge line, as strings of the currency's major unit. With
    `billed_from`, `before_wh` and `occupant_nights` they are all that pricing it again needs.
    """

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="charges")
    day = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    tariff = models.ForeignKey(Tariff, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=8, choices=BillMode.choices)
    use_revision = models.PositiveSmallIntegerField(help_text="revision of the DailyUse priced")
    wh = models.BigIntegerField(null=True, help_text="null when what was read was withdrawn")
    amount = models.BigIntegerField()
    cycle_starts_on = models.DateField()
    cycle_days = models.PositiveSmallIntegerField()
    billed_from = models.DateField(help_text="first day of the cycle that this bill covers")
    cycle_wh = models.BigIntegerField()
    cycle_amount = models.BigIntegerField()
    before_wh = models.BigIntegerField(default=0, help_text="used earlier in a yearly tier window")
    occupant_nights = models.PositiveIntegerField(
        help_text="of the whole cycle if nobody moves any more, for quotas"
    )
    lines = models.JSONField()
    charged_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["room", "day", "revision"], name="room_day_charged_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["day", "room"])]

    def __str__(self) -> str:
        return f"{self.room_id} {self.day} r{self.revision}"


class Share(models.Model):
    """
    One resident's part of a daily charge; without a holder it is the landlord's.

    Everybody who has had a part in the cycle keeps a share of each later day of it, with nothing
    to pay when not `present` that night: the newest shares are where everyone stands.

    `entitled` is the exact running entitlement within the cycle, in 1/27720 of a minor unit
    (27720 = lcm of 1..12 room-mates), so that carrying it keeps everyone within one unit for ever.
    """

    charge = models.ForeignKey(DailyCharge, on_delete=models.PROTECT, related_name="shares")
    holder = models.ForeignKey(Holder, null=True, on_delete=models.PROTECT, related_name="shares")
    present = models.BooleanField(default=True)
    amount = models.BigIntegerField()
    entitled = models.BigIntegerField()
    paid = models.BigIntegerField(help_text="running sum of amounts within the cycle")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["charge", "holder"], name="one_share_a_resident"),
            models.UniqueConstraint(
                fields=["charge"], condition=Q(holder=None), name="one_share_for_the_landlord"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.charge_id} {self.holder_id}"
