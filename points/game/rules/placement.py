"""Where an item may stand: the checks of `place` and `move` in the order of game.md, section 8."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from points.game.rules import terrain
from points.game.rules.book import Book, Item
from points.game.rules.state import CAMPUS, PLACED, Campus, Instance, Refused, Spot

Cell = tuple[int, int]


def footprint(*, item: Item, rot: int) -> tuple[int, int]:
    """Width (along x) and height (along y) in cells after turning; odd turns swap them."""
    return (item.h, item.w) if rot % 2 else (item.w, item.h)


def cells(*, item: Item, spot: Spot) -> list[Cell]:
    """The cells an item holds, row by row."""
    w, h = footprint(item=item, rot=spot.rot)
    return [(x, y) for y in range(spot.y, spot.y + h) for x in range(spot.x, spot.x + w)]


def parcel_of(*, x: int, y: int, book: Book) -> int:
    """Number of the parcel of a cell, 0-15, row by row."""
    return y // book.map.parcel * (book.map.size // book.map.parcel) + x // book.map.parcel


def check(*, campus: Campus, instance: Instance, spot: Spot, book: Book) -> None:
    """
    Pass silently when `instance` may stand at `spot`; its own present place is ignored.

    :raises Refused: with the first code that applies
    """
    item = book.items[instance.item]
    room = _room_size(campus, item, spot, book)
    _refuse_unless(spot.rot in item.rotations, "bad_rotation")
    _refuse_unless(_inside(item, spot, room or book.map.size), "out_of_bounds")
    held = cells(item=item, spot=spot)
    others = [
        other for other in in_space(campus=campus, space=spot.space) if other.id != instance.id
    ]
    if room is None:
        _refuse_unless(
            all(parcel_of(x=x, y=y, book=book) in campus.parcels for x, y in held), "parcel_locked"
        )
        ponds = _ponds(others, book)
        _refuse_unless(all(_bears(campus, item, cell, ponds) for cell in held), "bad_terrain")
    _refuse_unless(not _overlaps(item, spot, others, book), "overlap")
    if item.needs_neighbour:
        _refuse_unless(_touches_water(campus, held, _ponds(others, book)), "needs_neighbour")
    cap = book.map.campus_cap if room is None else book.map.room_cap
    _refuse_unless(len(others) < cap, "campus_full")


def in_space(*, campus: Campus, space: str) -> list[Instance]:
    """Instances placed on the campus or in one building."""
    return [
        one
        for one in campus.instances.values()
        if one.state == PLACED and one.spot and one.spot.space == space
    ]


def rests_on(*, campus: Campus, instance: Instance, book: Book) -> list[Instance]:
    """Water plants that stand on this pond."""
    item = book.items[instance.item]
    if not item.makes_water or instance.spot is None:
        return []
    held = set(cells(item=item, spot=instance.spot))
    plants = (one for one in in_space(campus=campus, space=CAMPUS) if book.items[one.item].water)
    return [
        one
        for one in plants
        if one.spot and held & set(cells(item=book.items[one.item], spot=one.spot))
    ]


def why_not(*, campus: Campus, instance: Instance, spot: Spot, book: Book) -> str | None:
    """The code that forbids `spot`, or None where the item fits."""
    try:
        check(campus=campus, instance=instance, spot=spot, book=book)
    except Refused as refused:
        return refused.code
    return None


def first_free(*, campus: Campus, instance: Instance, book: Book, rot: int = 0) -> Spot | None:
    """The first cell of the campus, row by row, where the item fits."""
    for y in range(book.map.size):
        for x in range(book.map.size):
            spot = Spot(x=x, y=y, rot=rot)
            if why_not(campus=campus, instance=instance, spot=spot, book=book) is None:
                return spot
    return None


def placed(*, instance: Instance, spot: Spot) -> Instance:
    """The instance standing at `spot`."""
    return replace(instance, state=PLACED, spot=spot)


def _refuse_unless(passed: bool, code: str) -> None:
    if not passed:
        raise Refused(code)


def _room_size(campus: Campus, item: Item, spot: Spot, book: Book) -> int | None:
    """Side of the room in cells, None on the campus; refuses the wrong kind of space."""
    if spot.space == CAMPUS:
        _refuse_unless(item.space == "campus", "wrong_space")
        return None
    building = campus.instances.get(spot.space)
    standing = building is not None and building.state == PLACED
    room = book.items[building.item].room if building is not None and standing else None
    _refuse_unless(item.space == "room" and room is not None, "wrong_space")
    return room


def _inside(item: Item, spot: Spot, size: int) -> bool:
    w, h = footprint(item=item, rot=spot.rot)
    if item.layer == "wall" and (spot.x if spot.rot % 2 else spot.y) != 0:
        return False
    return spot.x >= 0 and spot.y >= 0 and spot.x + w <= size and spot.y + h <= size


def _ponds(others: Iterable[Instance], book: Book) -> set[Cell]:
    ponds = (one for one in others if book.items[one.item].makes_water)
    return {
        cell
        for one in ponds
        if one.spot
        for cell in cells(item=book.items[one.item], spot=one.spot)
    }


def _bears(campus: Campus, item: Item, cell: Cell, ponds: set[Cell]) -> bool:
    # A cell of a pond is water for the lotus; for everything else the pond is an overlap, judged
    # later.
    return (item.water and cell in ponds) or _terrain(campus, cell) in item.terrain


def _terrain(campus: Campus, cell: Cell) -> str:
    return terrain.kind(ground=campus.ground, x=cell[0], y=cell[1])


def _overlaps(item: Item, spot: Spot, others: Iterable[Instance], book: Book) -> bool:
    held = set(cells(item=item, spot=spot))
    return any(
        _same_room(item, spot, book.items[one.item], one.spot) and held & set(_held(one, book))
        for one in others
        if one.spot
    )


def _held(one: Instance, book: Book) -> list[Cell]:
    return cells(item=book.items[one.item], spot=one.spot) if one.spot else []


def _same_room(a: Item, spot_a: Spot, b: Item, spot_b: Spot | None) -> bool:
    """
    Whether the two compete for cells: the same layer, or a pond and anything that is no water
    plant.
    """
    if a.layer == "wall" and b.layer == "wall" and spot_b is not None:
        return spot_a.rot % 2 == spot_b.rot % 2
    if a.layer == b.layer:
        return True
    return (a.makes_water and not b.water) or (b.makes_water and not a.water)


def _touches_water(campus: Campus, held: list[Cell], ponds: set[Cell]) -> bool:
    around = {(x + dx, y + dy) for x, y in held for dx, dy in _EDGES} - set(held)
    size = len(campus.ground)
    inside = (cell for cell in around if 0 <= cell[0] < size and 0 <= cell[1] < size)
    return any(cell in ponds or _terrain(campus, cell) == terrain.WATER for cell in inside)


_EDGES: tuple[Cell, ...] = ((1, 0), (-1, 0), (0, 1), (0, -1))


def neighbours(*, parcel: int, book: Book) -> Iterator[int]:
    """Parcels that touch `parcel` by an edge."""
    side = book.map.size // book.map.parcel
    column, row = parcel % side, parcel // side
    for dx, dy in _EDGES:
        if 0 <= column + dx < side and 0 <= row + dy < side:
            yield (row + dy) * side + column + dx
