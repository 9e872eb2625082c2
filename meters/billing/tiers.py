"""Progressive tiers: cumulative, inclusive upper bounds in kWh, the last one open (None)."""

from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from meters.billing.documents import Node
from meters.billing.rounding import Rounding

Bounds = tuple[Fraction | None, ...]
OPEN: Bounds = (None,)


def filled(bounds: Bounds, *, before: Fraction, kwh: Fraction) -> list[Fraction]:
    """How many of the `kWh` used after `before` fall into each tier."""
    after = before + kwh
    amounts, lower = [], Fraction(0)
    for upper in bounds:
        top = after if upper is None else min(after, upper)
        amounts.append(max(Fraction(0), top - max(before, lower)))
        lower = lower if upper is None else upper
    return amounts


def reached(bounds: Bounds, *, position: Fraction) -> int:
    """The tier in which `position` kWh lie, counted from zero; an upper bound still belongs."""
    return sum(position > upper for upper in bounds if upper is not None)


def left_in(bounds: Bounds, *, position: Fraction) -> Fraction | None:
    """kWh until the next tier begins; None in the open one."""
    upper = bounds[reached(bounds, position=position)]
    return None if upper is None else upper - position


def scaled(bounds: Bounds, *, share: Fraction, rounding: Rounding) -> Bounds:
    """Tiers for a part of a cycle: each width by its share of the days, rounded; the last open."""
    narrowed: list[Fraction | None] = []
    lower, at = Fraction(0), Fraction(0)
    for upper in bounds:
        if upper is None:
            narrowed.append(None)
            continue
        at += rounding.apply((upper - lower) * share)
        narrowed.append(at)
        lower = upper
    return tuple(narrowed)


def times(bounds: Bounds, factor: int) -> Bounds:
    """Tiers of a pool of rooms that are billed as so many average rooms."""
    return tuple(None if upper is None else upper * factor for upper in bounds)


def read_bounds(node: Node) -> Bounds:
    """A list of bounds; refuses those that do not rise or do not end open."""
    bounds = tuple(None if item.value is None else item.number() for item in node.items())
    closed = [upper for upper in bounds if upper is not None]
    if not bounds or bounds[-1] is not None or len(closed) != len(bounds) - 1:
        node.refuse("tiers_not_open", _("the last tier, and only it, must be null"))
        return OPEN
    _refuse_not_rising(node, closed)
    return bounds


def _refuse_not_rising(node: Node, closed: Sequence[Fraction]) -> None:
    for index, (lower, upper) in enumerate(zip((Fraction(0), *closed), closed, strict=False)):
        if upper <= lower:
            place = Node(upper, f"{node.path}[{index}]", node.faults)
            place.refuse("tiers_not_rising", _("each tier must end above the one before it"))
