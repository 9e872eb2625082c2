"""What runs all night, far more than in similar rooms."""

from django.utils.translation import gettext_lazy as _

from meters.advice.pattern import Pattern
from meters.advice.rules import Finding, Rule

CLEARLY = 1.3  # times the median
AT_LEAST_W = 15
HOURS_A_WEEK = 24 * 7
REACHABLE = 0.5  # half of what lies above the median: a refrigerator stays plugged in


def finds(pattern: Pattern) -> Finding | None:
    """The base load of the night against the median of rooms of the same kind."""
    own, usual = pattern.night_w, pattern.peers_night_w
    if own is None or usual is None or own < max(CLEARLY * usual, usual + AT_LEAST_W):
        return None
    facts = {"night_w": own, "peers_w": usual, "peers": pattern.peers}
    return Finding(facts, worth_wh=round((own - usual) * HOURS_A_WEEK * REACHABLE))


RULE = Rule(
    name="night_load",
    title=_("Something runs all night"),
    evidence=_(
        "Between 2 and 5 at night your room draws %(night_w)s, half of %(peers)s rooms of its kind "
        "no more than %(peers_w)s."
    ),
    action=_("Before bed, switch off the power strip of screens, chargers and speakers."),
    finds=finds,
)
