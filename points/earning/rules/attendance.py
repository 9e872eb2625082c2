"""
Points for an activity whose host confirmed that one came.

Few enough in a day, a week and a term that electricity stays the main road to a coffee even for
somebody who takes part whenever it is paid: `docs/points.md` has the figures.
"""

from dataclasses import dataclass

from points.earning.rules import Deed, Earned, rule


@dataclass(frozen=True, slots=True)
class Terms:
    cp: int = 30
    sun: int = 60
    paid_per_day: int = 2
    paid_per_week: int = 3
    paid_per_term: int = 20


@rule("attendance", kind="activity", terms=Terms)
def attendance(deed: Deed, terms: Terms) -> Earned:
    """The same for every activity, for the first few of a day, a week and a term."""
    paid_out = (
        deed.paid_today >= terms.paid_per_day
        or deed.paid_this_week >= terms.paid_per_week
        or deed.paid_this_term >= terms.paid_per_term
    )
    return Earned() if paid_out else Earned(cp=terms.cp, sun=terms.sun)
