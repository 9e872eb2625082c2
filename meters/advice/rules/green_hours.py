"""Using electricity while the campus's own roof makes it."""

from django.utils.translation import gettext_lazy as _

from meters.advice.pattern import Pattern
from meters.advice.rules import Finding, Rule

DARK = 2.0  # times as much in the five evening hours as in the five sunny ones
AT_LEAST_WH = 1000  # of an evening
MOVED = 0.2  # of an evening can wait: washing, charging
DAYS = 7


def finds(pattern: Pattern) -> Finding | None:
    """An evening that is much heavier than noon, on a campus whose roof works at noon."""
    evening, noon, roof = pattern.evening_wh, pattern.sunny_wh, pattern.roof_wh
    if evening is None or noon is None or not roof:
        return None
    if evening < AT_LEAST_WH or evening < DARK * noon:
        return None
    facts = {"evening_wh": evening, "noon_wh": noon, "roof_wh": roof}
    return Finding(facts, moved_wh=round(evening * MOVED * DAYS))


RULE = Rule(
    name="green_hours",
    title=_("The roof is busiest at noon"),
    evidence=_(
        "From 10 to 15 the solar roof makes %(roof_wh)s a day. Your room uses %(noon_wh)s then, "
        "and %(evening_wh)s from 18 to 23."
    ),
    action=_("Charge and wash between 11 and 14: the same electricity, from your own roof."),
    finds=finds,
)
