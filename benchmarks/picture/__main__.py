"""
The share picture beside its yardstick: `python -m benchmarks.picture`.

Bare is what no picture of this size can do without: its 256 colours chosen and written as PNG.
Naive draws every shape anew for each picture, shrinks the whole and lets the encoder search.
"""

import os
import sys
from functools import partial
from io import BytesIO
from random import Random
from unittest.mock import patch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campus.settings")

import django

django.setup()

from PIL import Image

from benchmarks.measuring import Cost, interleaved, middle
from points.game.art import picture, sheet
from points.game.rules import book as rules_book
from points.game.rules import placement, state, terrain

SEED, ROUNDS, THINGS = 7, 15, 120
BOOK = rules_book.current()


def a_town(*, things: int = THINGS) -> state.Campus:
    """A campus on the land of the seed with things strewn where they fit."""
    chance = Random(SEED)
    campus = state.Campus(ground=terrain.rows(seed=SEED), parcels=frozenset(range(16)))
    outside = [item for item in BOOK.items.values() if item.space == "campus"]
    while len(campus.instances) < things:
        item = chance.choice(outside)
        one = state.Instance(
            id=f"i{len(campus.instances):03}", item=item.id, level=chance.choice((1, 1, 2, 3))
        )
        spot = state.Spot(chance.randrange(24), chance.randrange(24), chance.choice(item.rotations))
        if placement.why_not(campus=campus, instance=one, spot=spot, book=BOOK) is None:
            put = state.Put(placement.placed(instance=one, spot=spot))
            campus = state.changed(campus=campus, changes=(put,))
    return campus


def _bare(image: Image.Image, _turn: int) -> bytes:
    return picture.encoded(image)


def _ours(campus: state.Campus, size: str, _turn: int) -> bytes:
    return picture.png(campus=campus, seed=SEED, size=size)


def naive(campus: state.Campus, size: str, _turn: int) -> None:
    """Nothing kept from one picture to the next, and the encoder left to search."""
    _forget()
    with patch.object(sheet, "current", return_value=None):
        image = picture.paint(campus=campus, seed=SEED, size=size)
    _forget()
    image.quantize(256, dither=Image.Dither.NONE).save(BytesIO(), "PNG", optimize=True)


def first(campus: state.Campus, size: str, turn: int) -> None:
    """What a process pays for its first picture: the sheet is read and the land is laid."""
    _forget()
    sheet.current.cache_clear()
    _ours(campus, size, turn)


def _forget() -> None:
    for kept in (picture.frame_picture, picture._sized, picture._land):
        kept.cache_clear()


def main() -> int:
    campus = a_town()
    kept = True
    for size in picture.SIZES:
        painted = picture.paint(campus=campus, seed=SEED, size=size)
        ways = {
            "bare encode": partial(_bare, painted),
            "the map's picture": partial(_ours, campus, size),
        }
        costs = dict(interleaved(ways, rounds=ROUNDS))
        cold = {
            "naive": partial(naive, campus, size),
            "the first one": partial(first, campus, size),
        }
        costs |= interleaved(cold, rounds=3)
        print(f"{size}: {THINGS} things, seed {SEED}, {ROUNDS} rounds (naive and first 3), medians")
        kept &= _told({name: middle(each) for name, each in costs.items()})
    return 0 if kept else 1


def _told(costs: dict[str, Cost]) -> bool:
    bare, ours, naively = (
        costs[name].wall for name in ("bare encode", "the map's picture", "naive")
    )
    for name, cost in costs.items():
        print(f"  {name:<20} {1000 * cost.wall:8.1f} ms  {cost.wall / bare:6.2f} x bare")
    kept = ours <= 2 * bare and naively >= 15 * ours
    print(
        f"  {'kept  ' if kept else 'BROKEN'} at most 2 x bare: {ours / bare:.2f}; at least 15 x faster than naive: {naively / ours:.1f}"
    )
    return kept


if __name__ == "__main__":
    sys.exit(main())
