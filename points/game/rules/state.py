"""
What the rules look at: a student's campus as frozen values, and the changes an action makes to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

STORED, PLACED, RETURNED = "STORED", "PLACED", "RETURNED"
RIPE, COLLECTED, BANKED = "RIPE", "COLLECTED", "BANKED"
CAMPUS = "campus"
# Who may visit: room-mates always, then the dorm, then everyone of the campus.
ROOM, DORM, EVERYONE = VISIBILITIES = ("ROOM", "DORM", "EVERYONE")


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
class Layout:
    """A remembered arrangement: where each instance stood outside."""

    name: str
    spots: Mapping[str, Spot]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What a helper must know of another student's campus: may they visit, and what was given."""

    open: bool
    plants: frozenset[str] = frozenset()
    watered_today: bool = False
    received_today: int = 0


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
    chapter: str = ""
    layouts: Mapping[int, Layout] = field(default_factory=dict)
    neighbours: Mapping[str, Neighbour] = field(default_factory=dict)
    given_today: int = 0
    monument_open: bool = False
    visibility: str = ROOM
    preview: bool = False


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


@dataclass(frozen=True, slots=True)
class Shown:
    """From now on these may visit; `preview` lets a link show the picture."""

    visibility: str
    preview: bool


@dataclass(frozen=True, slots=True)
class Remembered:
    """The arrangement is kept in a slot."""

    slot: int
    layout: Layout


@dataclass(frozen=True, slots=True)
class Watered:
    """A plant on another student's campus got water today."""

    owner: str
    instance: str


@dataclass(frozen=True, slots=True)
class Donated:
    """Sunlight of the student was built into the monument of the dorm by the action `about`."""

    amount: int
    about: str


Change = Paid | PaidBack | Put | Opened | Collected | Named | Shown | Remembered | Watered | Donated


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
        case Opened(parcel):
            return replace(campus, parcels=campus.parcels | {parcel})
        case Named() | Shown() | Remembered():
            return _told(campus, change)
        case Watered(owner):
            return _watered(campus, owner)
        case _:
            return _with_money(campus, change)


def _told(campus: Campus, change: Named | Shown | Remembered) -> Campus:
    match change:
        case Named(name):
            return replace(campus, name=name)
        case Shown(visibility, preview):
            return replace(campus, visibility=visibility, preview=preview)
        case Remembered(slot, layout):
            return replace(campus, layouts={**campus.layouts, slot: layout})


def _with_money(campus: Campus, change: Paid | PaidBack | Collected | Donated) -> Campus:
    match change:
        case Paid(asset, amount):
            return _with_balance(campus, asset, -amount)
        case PaidBack(asset, amount):
            return _with_balance(campus, asset, amount)
        case Donated(amount):
            return _with_balance(campus, "SUN", -amount)
        case Collected(drop, amount):
            done = replace(campus.drops[drop], state=COLLECTED)
            richer = _with_balance(campus, "SUN", amount)
            return replace(richer, drops={**campus.drops, drop: done}, xp=campus.xp + amount)


def _watered(campus: Campus, owner: str) -> Campus:
    met = campus.neighbours[owner]
    met = replace(met, watered_today=True, received_today=met.received_today + 1)
    neighbours = {**campus.neighbours, owner: met}
    return replace(campus, neighbours=neighbours, given_today=campus.given_today + 1)


def _with_balance(campus: Campus, asset: str, difference: int) -> Campus:
    return replace(
        campus, balances={**campus.balances, asset: campus.balances.get(asset, 0) + difference}
    )
