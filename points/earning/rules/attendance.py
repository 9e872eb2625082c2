"""
Points for an activity whose host confirmed that one came.

Few enough in a day, a week and a term that electricity stays the main road to a coffee even for
somebody who takes part whenever it is paid: `docs/points.md` has the figures.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from points.earning.rules import Deed, Earned, rule
from points.earning.terms import parameter


@dataclass(frozen=True, slots=True)
class Terms:
    cp: int = parameter(30, _("Carbon points"))
    sun: int = parameter(60, _("Sunlight"))
    paid_per_day: int = parameter(2, _("Paid activities a day"))
    paid_per_week: int = parameter(3, _("Paid activities a week"))
    paid_per_term: int = parameter(20, _("Paid activities a term"))


@rule("attendance", title=_("Taking part in an activity"), kind="activity", terms=Terms)
def attendance(deed: Deed, terms: Terms) -> Earned:
    """The same for every activity, for the first few of a day, a week and a term."""
    paid_out = (
        deed.paid_today >= terms.paid_per_day
        or deed.paid_this_week >= terms.paid_per_week
        or deed.paid_this_term >= terms.paid_per_term
    )
    return Earned() if paid_out else Earned(cp=terms.cp, sun=terms.sun)
