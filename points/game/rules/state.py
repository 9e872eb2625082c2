"""
What the rules look at: a student's campus as frozen values, and the changes an action makes to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

STORED, PLACED, RETURNED = "STORED", "PLACED", "RETURNED"
RIPE, COLLECTED, BANKED = "RIPE", "COLLECTED", "BANKED"
CAMPUS = "campus"


@dataclass(frozen=True, slots=True)
class Spot:
    """
    A place for an item: its lowest cell, its turn (0-3) and the space, `campus` or a building's
    instance id.
    """

    x: int
    y: int
    rot: int = 0
    space: str = CAMPUS


@dataclass(frozen=True, slots=True)
class Instance:
    """A student's own item; `spot` is set exactly while it is placed."""

    id: str
    item: str
    state: str = STORED
    spot: Spot | None = None
    level: int = 1
    currency: str = "SUN"
    paid: int = 0
    bought_at: datetime | None = None
    gift: bool = False


@dataclass(frozen=True, slots=True)
class Drop:
    """Sunlight waiting on the map; only RIPE ones can be collected."""

    id: str
    amount: int
    state: str


@dataclass(frozen=True, slots=True)
class Campus:
    """
    One student's campus at one version, with what the student can spend (SUN, CP) and has ever
    earned (xp).
    """

    ground: tuple[str, ...]
    parcels: frozenset[int]
    instances: Mapping[str, Instance] = field(default_factory=dict)
    drops: Mapping[str, Drop] = field(default_factory=dict)
    balances: Mapping[str, int] = field(default_factory=dict)
    xp: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Paid:
    """The student's wallet gives `amount` of `asset` to the game; `what` names the purchase."""

    asset: str
    amount: int
    what: str
    about: str


@dataclass(frozen=True, slots=True)
class PaidBack:
    """The game gives back `amount` of `asset` for the returned instance `about`."""

    asset: str
    amount: int
    about: str


@dataclass(frozen=True, slots=True)
class Put:
    """The instance is now as it stands here (new, moved, stored, upgraded or returned)."""

    instance: Instance


@dataclass(frozen=True, slots=True)
class Opened:
    """The parcel is open from now on."""

    parcel: int


@dataclass(frozen=True, slots=True)
class Collected:
    """The drop is collected and its amount earned."""

    drop: str
    amount: int


@dataclass(frozen=True, slots=True)
class Named:
    """The campus has a new name."""

    name: str


Change = Paid | PaidBack | Put | Opened | Collected | Named


class Refused(Exception):
    """An action breaks a rule; `code` says which (game.md, section 8)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def changed(*, campus: Campus, changes: tuple[Change, ...]) -> Campus:
    """The campus after `changes`, in their order."""
    for change in changes:
        campus = _one(campus, change)
    return campus


def _one(campus: Campus, change: Change) -> Campus:
    match change:
        case Put(instance):
            return replace(campus, instances={**campus.instances, instance.id: instance})
        case Paid(asset, amount):
            return _with_balance(campus, asset, -amount)
        case PaidBack(asset, amount):
            return _with_balance(campus, asset, amount)
        case Opened(parcel):
            return replace(campus, parcels=campus.parcels | {parcel})
        case Named(name):
            return replace(campus, name=name)
        case Collected(drop, amount):
            done = replace(campus.drops[drop], state=COLLECTED)
            richer = _with_balance(campus, "SUN", amount)
            return replace(richer, drops={**campus.drops, drop: done}, xp=campus.xp + amount)


def _with_balance(campus: Campus, asset: str, difference: int) -> Campus:
    return replace(
        campus, balances={**campus.balances, asset: campus.balances.get(asset, 0) + difference}
    )
