"""What each day adds to a room's bill, and each resident's part of it. Never edited."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from campus.people.models import Holder
from campus.places.models import BillMode, Residence, Room
from meters.billing.models.tariffs import Tariff


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
    by_period = models.JSONField(
        default=dict, help_text="running Wh by period of a tariff by time of use; else empty"
    )
    pool_entitled = models.BigIntegerField(
        null=True, help_text="in a pool: running entitlement within the cycle, in millionths"
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

    @property
    def pooled(self) -> bool:
        """Whether it is a room's part of one bill for a whole residence."""
        return self.pool_entitled is not None


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


class PoolDay(models.Model):
    """
    What a day added to the one bill of a residence that is billed as so many average rooms.

    It is priced once, when the day is closed, and kept with its inputs: a room that is corrected
    later is charged by the price that the day had. `fixed` is owed alike by each room, `variable`
    by the kWh of the day; `wh` holds common areas too.
    """

    residence = models.ForeignKey(Residence, on_delete=models.PROTECT, related_name="pool_days")
    day = models.DateField()
    tariff = models.ForeignKey(Tariff, on_delete=models.PROTECT, related_name="+")
    cycle_starts_on = models.DateField()
    cycle_days = models.PositiveSmallIntegerField()
    rooms = models.PositiveIntegerField()
    wh = models.BigIntegerField()
    common_wh = models.BigIntegerField(default=0)
    fixed = models.BigIntegerField()
    variable = models.BigIntegerField()
    cycle_wh = models.BigIntegerField()
    cycle_fixed = models.BigIntegerField()
    cycle_amount = models.BigIntegerField()
    lines = models.JSONField()
    priced_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["residence", "day"], name="pool_priced_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.residence_id} {self.day}"
