"""What runs while nobody is home."""

from django.utils.translation import gettext_lazy as _

from meters.advice.pattern import Pattern
from meters.advice.rules import Finding, Rule

FEWEST_DAYS = 2
AT_LEAST_WH = 300  # a day, above what frugal rooms use then
LOOKED_AT_WEEKS = 2


def finds(pattern: Pattern) -> Finding | None:
    """The use of days away against what a quarter of the rooms stay under on theirs."""
    own, frugal = pattern.away_wh, pattern.peers_away_wh
    if own is None or frugal is None or pattern.away_days < FEWEST_DAYS:
        return None
    if own - frugal < AT_LEAST_WH:
        return None
    facts = {"away_days": pattern.away_days, "own_wh": own, "frugal_wh": frugal}
    return Finding(facts, worth_wh=(own - frugal) * pattern.away_days // LOOKED_AT_WEEKS)


RULE = Rule(
    name="away_load",
    title=_("Electricity while nobody is home"),
    evidence=_(
        "On %(away_days)s days away your room still used %(own_wh)s a day; a quarter of the rooms "
        "stay under %(frugal_wh)s."
    ),
    action=_("When you leave for the weekend, switch off the power strip and the standby lights."),
    finds=finds,
)
