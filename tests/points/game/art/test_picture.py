"""The share picture shows what the list of frames says, around the land that is open."""

import pytest

from points.game.art import palette, picture
from points.game.rules import book as rules_book
from points.game.rules import scene, state, terrain

BOOK = rules_book.current()


def a_campus(*instances: state.Instance, parcels: tuple[int, ...] = (5, 6, 9, 10)) -> state.Campus:
    return state.Campus(
        ground=terrain.rows(seed=1),
        parcels=frozenset(parcels),
        instances={one.id: one for one in instances},
    )


def standing(item: str, x: int, y: int) -> state.Instance:
    return state.Instance("a", item, state.PLACED, state.Spot(x, y))


@pytest.mark.parametrize("size", sorted(picture.SIZES))
def test_the_picture_has_the_asked_size_on_paper(size: str) -> None:
    image = picture.paint(campus=a_campus(), seed=1, size=size)
    assert image.size == picture.SIZES[size]
    assert image.getpixel((2, 2))[:3] == palette.PAPER


def test_an_item_changes_the_picture_where_it_stands() -> None:
    bare = picture.paint(campus=a_campus(), seed=1, size="square")
    built = picture.paint(campus=a_campus(standing("dorm_lodge", 8, 8)), seed=1, size="square")
    assert bare.tobytes() != built.tobytes()
    corner = (0, 0, 1080, 200)
    assert bare.crop(corner).tobytes() == built.crop(corner).tobytes()


def test_the_frame_grows_with_the_open_land() -> None:
    small = picture.frame(parcels=(5, 6, 9, 10), book=BOOK)
    large = picture.frame(parcels=(5, 6, 9, 10, 7), book=BOOK)
    assert large[2] > small[2]
    assert large[0] == small[0]


def test_every_frame_of_a_full_map_has_a_picture() -> None:
    campus = a_campus(standing("gallery", 8, 8), parcels=tuple(range(16)))
    names = {draw.frame for draw in scene.scene(campus=campus, seed=1, book=BOOK)}
    assert {name for name in names if picture.frame_picture(name) is None} == set()


def test_a_png_is_a_png() -> None:
    assert picture.png(campus=a_campus(), seed=1, size="wide").startswith(b"\x89PNG")
