"""
Points for an activity whose host confirmed that one came.

Less than a month's saving on purpose: electricity stays the main road to a coffee.
"""

from dataclasses import dataclass

from points.earning.rules import Deed, Earned, rule


@dataclass(frozen=True, slots=True)
class Terms:
    cp: int = 30
    sun: int = 60
    paid_per_week: int = 3


@rule("attendance", kind="activity", terms=Terms)
def attendance(deed: Deed, terms: Terms) -> Earned:
    """The same for every activity, for the first few of a week (Monday to Sunday)."""
    if deed.paid_this_week >= terms.paid_per_week:
        return Earned()
    return Earned(cp=terms.cp, sun=terms.sun)
