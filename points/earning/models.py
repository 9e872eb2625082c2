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
