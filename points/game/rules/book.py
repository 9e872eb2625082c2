"""
The rules file as typed, frozen values: what items cost, how big the map is, what the sun pays.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

RULES_FILE = Path(__file__).resolve().parent.parent / "rules.json"


@dataclass(frozen=True, slots=True)
class Item:
    """One kind of thing of the catalogue; sizes in cells, price in sunlight."""

    id: str
    category: str
    name: Mapping[str, str]
    price: int
    level: int
    w: int
    h: int
    space: str
    layer: str
    terrain: tuple[str, ...]
    rotations: tuple[int, ...]
    on_sale: bool
    cp: bool = False
    limit: int | None = None
    room: int | None = None
    water: bool = False
    makes_water: bool = False
    needs_neighbour: str | None = None
    chapter: str | None = None


@dataclass(frozen=True, slots=True)
class MapRules:
    """
    Size of the map and of a parcel in cells, parcel prices in buying order, caps on instances.
    """

    size: int
    parcel: int
    open_at_start: tuple[int, ...]
    parcel_prices: tuple[int, ...]
    campus_cap: int
    room_cap: int


@dataclass(frozen=True, slots=True)
class Prices:
    """How other prices follow from an item's price in sunlight."""

    cp_divisor: int
    upgrade_percent: tuple[int, ...]
    return_full_minutes: int
    return_later_percent: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Limits of one batch of actions and of a minute of playing."""

    max_actions: int
    keep_results_days: int
    actions_a_minute: int


@dataclass(frozen=True, slots=True)
class DropTimes:
    """When an untouched drop is banked (days) or given to the monument (hours)."""

    bank_after_days: int
    gift_after_hours: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """Four weeks of a term; while it lasts, the items that name it are on sale."""

    id: str
    name: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NameRules:
    """How long a name may be, and what may not stand in it."""

    min: int
    max: int
    blocked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """All numbers of the game at one version."""

    version: str
    map: MapRules
    xp_unit: int
    faucets: Mapping[str, Mapping[str, Any]]
    drops: DropTimes
    prices: Prices
    batch: Batch
    name: NameRules
    layout_slots: int
    chapter_weeks: int
    chapters: tuple[Chapter, ...]
    items: Mapping[str, Item] = field(repr=False)


def read(*, data: Mapping[str, Any]) -> Book:
    """The rules book of an already parsed rules file."""
    return Book(
        version=data["version"],
        map=MapRules(**_tupled(data["map"])),
        xp_unit=data["level"]["xp_unit"],
        faucets=data["faucets"],
        drops=DropTimes(**data["drops"]),
        prices=Prices(**_tupled(data["prices"])),
        batch=Batch(**data["batch"]),
        name=NameRules(**_tupled(data["name"])),
        layout_slots=data["layouts"]["slots"],
        chapter_weeks=data["chapters"]["weeks"],
        chapters=tuple(Chapter(**row) for row in data["chapters"]["row"]),
        items={row["id"]: Item(**_tupled(row)) for row in data["items"]},
    )


@lru_cache(maxsize=1)
def current() -> Book:
    """The rules book in force, read once from `rules.json`."""
    return read(data=json.loads(RULES_FILE.read_text(encoding="utf-8")))


def _tupled(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
