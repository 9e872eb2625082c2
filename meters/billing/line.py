"""What a charge line is, and what it may look at while it is priced."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Generic, Self, TypeVar

from django.utils.translation import gettext_lazy as _

from meters.billing.columns import Column
from meters.billing.documents import Node
from meters.billing.rounding import EXACT, Rounding, read_rounding
from meters.billing.tiers import Bounds, scaled, times

ZERO, ONE = Fraction(0), Fraction(1)
N = TypeVar("N", Fraction, Column)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a line may name: the seasons and periods of its document, and the lines before it."""

    seasons: tuple[str, ...]
    periods: tuple[str, ...]
    earlier: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Segment(Generic[N]):
    """
    The part of a cycle in one season: its share of the days, the chargeable kWh in it, and the
    kWh used before it in the tier window. `bounds_rounding` is set where tiers are cut by days;
    `place` counts the parts of the cycle, in order.
    """

    season: str
    share: Fraction
    kwh: N
    by_period: Mapping[str, N]
    before: N
    bounds_rounding: Rounding | None = None
    place: int = 0

    def bounds(self, full: Bounds, *, rooms: int) -> Bounds:
        """The tiers of this part: cut to its days, and widened to the rooms of a pool."""
        cut = self.bounds_rounding
        bounds = full if cut is None else scaled(full, share=self.share, rounding=cut)
        return times(bounds, rooms)


@dataclass(frozen=True, slots=True)
class Context(Generic[N]):
    """A cycle as one tariff sees it; N is one exact number, or a column of them for many rooms."""

    segments: tuple[Segment[N], ...]
    kwh: N
    amounts: Mapping[str, N]
    ladder: Mapping[str, Bounds]
    cycle_days: int
    elapsed: Fraction
    rooms: int

    @property
    def share(self) -> Fraction:
        """The part of the cycle's days that lies under this tariff."""
        return sum((segment.share for segment in self.segments), ZERO)


@dataclass(frozen=True, slots=True)
class Part:
    """
    One step of the arithmetic of a line: quantity x rate = amount, before any rounding. `places`
    names the segments of the cycle that it prices; empty where it stands on all of them.
    """

    quantity: Fraction
    rate: Fraction
    amount: Fraction
    places: tuple[int, ...] = ()
    tier: int | None = None
    period: str = ""
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line(ABC):
    """
    One component of a bill. A subclass in `lines/` names its `type`, reads itself from a
    document, and is priced in two forms: `parts` for one room, `column` for many; they agree.
    """

    type: ClassVar[str]
    id: str
    rounding: Rounding

    @classmethod
    @abstractmethod
    def read(cls, node: Node, frame: Frame) -> Self:
        """The line at a place of a document; faults are noted there."""

    @abstractmethod
    def parts(self, context: Context[Fraction]) -> list[Part]:
        """The steps whose amounts add up to the line, unrounded."""

    @abstractmethod
    def column(self, context: Context[Column]) -> Column:
        """The unrounded line for many rooms."""

    def breakpoints(self) -> list[Fraction]:
        """The kWh at which its price per kWh changes."""
        return []


def read_common(node: Node, *keys: str) -> tuple[str, Rounding]:
    """The id and rounding that every line has; refuses keys beyond these and the type's own."""
    node.only({"id", "type", "round", *keys})
    return node.at("id").text(), read_rounding(node.at("round"), default=EXACT)


def read_of(node: Node, frame: Frame) -> tuple[str, ...]:
    """The earlier lines a line stands on: a list of ids, or `all` of them."""
    if node.value == "all":
        return frame.earlier
    names = tuple(item.text() for item in node.items())
    for item in node.items():
        if item.value not in frame.earlier:
            item.refuse("unknown_line", _("no earlier line is called %(name)s"), name=item.value)
    if len(set(names)) < len(names):
        node.refuse("repeated_id", _("a line is counted twice"))
    return tuple(name for name in names if name in frame.earlier)
