"""Sunlight of the campus's own roof, the same for everybody who plays."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from points.earning.rules import rule
from points.earning.terms import parameter


@dataclass(frozen=True, slots=True)
class Terms:
    """`base` each day and up to `span` more, as the yield nears the P90 of its month."""

    base: int = parameter(8, _("Sunlight of any day"))
    span: int = parameter(20, _("Sunlight more on a bright day"))


@dataclass(frozen=True, slots=True)
class Roof:
    """A day's generation, the P90 of days around it, and how it fell on the slots of the day."""

    yield_wh: int
    p90_wh: int
    slots_wh: Sequence[int]


@rule("sunshine", title=_("Sun on the roof"), kind="sunshine", terms=Terms)
def sunshine(roof: Roof, terms: Terms) -> list[int]:
    """Sunlight of each slot: base + span * min(1, yield / P90), split by what was measured."""
    share = min(roof.yield_wh, roof.p90_wh)
    # Half up, in whole numbers.
    bonus = (2 * terms.span * share + roof.p90_wh) // (2 * roof.p90_wh) if roof.p90_wh > 0 else 0
    return split(terms.base + bonus, by=roof.slots_wh)


def split(amount: int, *, by: Sequence[int]) -> list[int]:
    """`amount` by largest remainder, earlier first; all in the last part where nothing is known."""
    total = sum(by)
    if total <= 0:
        return [0] * (len(by) - 1) + [amount]
    parts = [amount * part // total for part in by]
    order = sorted(range(len(by)), key=lambda n: (-(amount * by[n] % total), n))
    for n in order[: amount - sum(parts)]:
        parts[n] += 1
    return parts
