"""A dearer tier is about to be reached."""

from django.utils.translation import gettext_lazy as _

from meters.advice.pattern import Pattern
from meters.advice.rules import Finding, Rule

AT_LEAST_WH = 2000


def finds(pattern: Pattern) -> Finding | None:
    """A tier that ends before the cycle does."""
    ahead = pattern.next_tier
    if ahead is None or pattern.tier is None or ahead.over_wh < AT_LEAST_WH:
        return None
    facts = {
        "tier": pattern.tier + 1,
        "in_days": ahead.days,
        "left_days": ahead.cycle_days,
        "over_wh": ahead.over_wh,
    }
    return Finding(facts, worth_wh=ahead.reachable_wh)


RULE = Rule(
    name="next_tier",
    title=_("Tier %(tier)s is near"),
    evidence=_(
        "At this pace the room reaches the dearer tier in %(in_days)s days and uses %(over_wh)s in "
        "it before the month ends in %(left_days)s days."
    ),
    action=_("Wash at 30 degrees and dry on the line until the month ends."),
    finds=finds,
)
