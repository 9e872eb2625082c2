"""What facts earned: dated terms of each rule, and the awards that followed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from campus.people.models import Holder
from campus.places.models import Campus
from points.ledger.models import Asset


class RuleTerms(models.Model):
    """The parameters of an earning rule on a campus, from a day on."""

    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="rule_terms")
    rule = models.CharField(max_length=32)
    valid_from = models.DateField()
    parameters = models.JSONField()

    class Meta:
        verbose_name_plural = "rule terms"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campus", "rule", "valid_from"], name="terms_start_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} from {self.valid_from}"


class Award(models.Model):
    """
    The verdict of a rule over one fact for one holder: `amount` of an asset.

    A corrected fact yields a new revision whose amount is the whole new verdict. Carbon points
    are posted to the ledger with the award (`posted_at`); sunlight becomes a drop of the game.
    """

    rule = models.CharField(max_length=32)
    fact_key = models.CharField(max_length=64)
    holder = models.ForeignKey(
        Holder, on_delete=models.PROTECT, related_name="awards", db_index=False
    )
    revision = models.PositiveSmallIntegerField(default=1)
    asset = models.CharField(max_length=3, choices=Asset.choices)
    amount = models.BigIntegerField()
    terms = models.ForeignKey(RuleTerms, on_delete=models.PROTECT, related_name="awards")
    effective_on = models.DateField()
    facts = models.JSONField(help_text="the fact as the rule saw it")
    awarded_at = models.DateTimeField()
    posted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["holder", "rule", "fact_key", "asset", "revision"],
                name="fact_awarded_once",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="award_never_negative"),
        ]
        indexes: ClassVar = [models.Index(fields=["effective_on", "asset", "rule"])]

    def __str__(self) -> str:
        return f"{self.rule} {self.amount} {self.asset}"


class Budget(models.Model):
    """
    Café money set aside for the carbon points that a campus issues from a day on.

    It holds until the next one begins. Every point issued is covered by it: when it is used up, no
    new ones are issued, and those that were stay worth what they were.
    """

    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="budgets")
    valid_from = models.DateField()
    money_minor = models.PositiveBigIntegerField(help_text="set aside, in minor units")
    minor_per_100_cp = models.PositiveIntegerField(
        help_text="what a hundred points cost at the counter, in minor units"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campus", "valid_from"], name="budget_starts_once"),
            models.CheckConstraint(
                condition=Q(minor_per_100_cp__gt=0), name="point_costs_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.money_minor} from {self.valid_from}"

    @property
    def points(self) -> int:
        """How many points the money covers."""
        return self.money_minor * 100 // self.minor_per_100_cp


class Ration(models.Model):
    """
    What a budget had left for a settlement, and what the settlement would have issued.

    Kept once for all its awards, first and corrected ones, so that everybody gets the same share
    however often the night is judged.
    """

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="rations")
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="rations")
    effective_on = models.DateField(help_text="last day of the settled period")
    left = models.BigIntegerField()
    wanted = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campus", "effective_on"], name="rationed_once"),
            models.CheckConstraint(
                condition=Q(left__gte=0, wanted__gte=0), name="ration_never_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left} of {self.wanted} on {self.effective_on}"
