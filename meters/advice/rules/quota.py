"""The free quota runs out before the month does."""

from django.utils.translation import gettext_lazy as _

from meters.advice.pattern import Pattern
from meters.advice.rules import Finding, Rule

AT_LEAST_WH = 1000


def finds(pattern: Pattern) -> Finding | None:
    """A free quota that ends before the cycle does."""
    ahead = pattern.quota
    if ahead is None or ahead.over_wh < AT_LEAST_WH:
        return None
    facts = {"in_days": ahead.days, "left_days": ahead.cycle_days, "over_wh": ahead.over_wh}
    return Finding(facts, worth_wh=ahead.reachable_wh)


RULE = Rule(
    name="quota",
    title=_("The free quota is running out"),
    evidence=_(
        "At this pace it lasts %(in_days)s more days; then %(over_wh)s are paid for until the "
        "month ends in %(left_days)s days."
    ),
    action=_("Turn the air conditioner or heater off half an hour before you leave the room."),
    finds=finds,
)
