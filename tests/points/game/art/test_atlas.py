"""Every item has its picture, small enough for a phone, and no two are alike."""

from io import BytesIO
from itertools import combinations
from pathlib import Path

import pytest
from django.core.management import call_command
from PIL import Image, ImageChops, ImageStat

from points.game.art import atlas, ground, palette, sketches
from points.game.art.sprites import drawings
from points.game.rules import book as rules_book
from points.game.rules.book import Item
from points.game.rules.scene import NAMES, SKETCHED, VARIANTS, frame_of, grown_frame

BOOK = rules_book.current()
SOLD = [item for item in BOOK.items.values() if item.on_sale]
LARGEST = 260_000


@pytest.fixture(scope="module")
def made() -> atlas.Atlas:
    return atlas.build(book=BOOK)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("sprites")
    call_command("draw_sprites", out=folder, verbosity=0)
    return folder


def test_what_is_sold_is_drawn() -> None:
    assert {item.id for item in SOLD} <= set(drawings())


def test_nothing_is_drawn_that_the_catalogue_does_not_know() -> None:
    assert set(drawings()) <= set(BOOK.items)


def test_each_turn_and_level_has_its_frame(made: atlas.Atlas) -> None:
    wanted = {frame_of(item=item.id, rot=rot) for item in SOLD for rot in item.rotations}
    wanted |= {
        grown_frame(w=w, h=h, level=level)
        for item in SOLD
        if item.category == "building"
        for w, h in ((item.w, item.h), (item.h, item.w))
        for level in (2, 3)
    }
    wanted |= {"room/floor/0", "room/floor/1", "room/wall/n", "room/wall/w"}
    assert wanted <= set(made.frames)


def test_each_terrain_variant_has_its_tile(made: atlas.Atlas) -> None:
    tiles = {f"{NAMES[letter]}/{digit}" for letter in NAMES for digit in VARIANTS[letter]}
    sketched = {f"sketch/{letter}/{digit}" for letter in NAMES for digit in SKETCHED[letter]}
    assert tiles | sketched <= set(made.frames)
    assert set(ground.tiles()) | set(sketches.sketches()) <= set(made.frames)


def test_frames_lie_on_the_sheet_and_apart(made: atlas.Atlas) -> None:
    taken = Image.new("1", made.image.size)
    for x, y, w, h, *_rest in made.frames.values():
        assert 0 <= x < x + w <= made.image.width
        assert 0 <= y < y + h <= made.image.height
        assert taken.crop((x, y, x + w, y + h)).getbbox() is None
        taken.paste(1, (x, y, x + w, y + h))


def test_the_sheet_is_small_enough_for_a_phone(written: Path) -> None:
    assert (written / "atlas.webp").stat().st_size <= LARGEST
    assert {path.stem for path in (written / "icons").iterdir()} == {item.id for item in SOLD}


def test_drawing_twice_gives_the_same_bytes() -> None:
    def once() -> bytes:
        out = BytesIO()
        item = BOOK.items["cosmos"]
        sprite, _shadow = atlas.picture(item=item, rot=0, scale=2.0)
        sprite.image.save(out, "PNG")
        return out.getvalue()

    assert once() == once()


def _silhouette(made: atlas.Atlas, item: Item) -> Image.Image:
    return atlas.icon(made=made, item=item, size=48).getchannel("A")


@pytest.mark.parametrize("category", ["building", "plant", "decoration"])
def test_items_of_a_kind_differ_in_silhouette_at_48_pixels(
    made: atlas.Atlas, category: str
) -> None:
    shapes = {item.id: _silhouette(made, item) for item in SOLD if item.category == category}
    for (one, a), (other, b) in combinations(shapes.items(), 2):
        apart = ImageStat.Stat(ImageChops.difference(a, b)).mean[0]
        assert apart > 12, (one, other, apart)


def test_the_levels_of_each_house_differ_at_48_pixels(made: atlas.Atlas) -> None:
    for item in (one for one in SOLD if one.category == "building"):
        levels = [_house(made, item, level) for level in (1, 2, 3)]
        for one, other in combinations(levels, 2):
            apart = ImageStat.Stat(ImageChops.difference(one, other).convert("L")).mean[0]
            assert apart > 1, (item.id, apart)


def _house(made: atlas.Atlas, item: Item, level: int) -> Image.Image:
    """A house with what has grown around it, in a square of 48 pixels."""
    sheet = Image.new("RGBA", (800, 800), palette.tone("grass", 0.18))
    names = [frame_of(item=item.id, rot=0)]
    names += [grown_frame(w=item.w, h=item.h, level=level)] if level > 1 else []
    for name in names:
        x, y, w, h, left, top, _shrunk = made.frames[name]
        sheet.alpha_composite(made.image.crop((x, y, x + w, y + h)), (400 + left, 500 + top))
    _x, _y, w, h, left, top, _shrunk = made.frames[names[0]]
    box = (400 + left, 500 + top, 400 + left + w, 500 + top + h)
    return sheet.convert("RGB").resize((48, 48), Image.Resampling.BOX, box)


def test_the_palette_has_24_tokens_that_darken_from_top_to_right() -> None:
    assert len(palette.PALETTE) == 24
    for tones in palette.PALETTE.values():
        top, left, right = (sum(tone) for tone in tones)
        assert top > left > right
