"""All drawings beside each other at the size of a phone, and one town in every light."""

from PIL import Image

from points.game.art import atlas, palette, picture
from points.game.rules import book as rules_book
from points.game.rules import placement, state, terrain
from points.game.rules.book import Item

CELL, COLUMNS = 112, 10
LIGHTS = (("spring", "day"), ("autumn", "day"), ("winter", "day"), ("summer", "dusk"))
# item, x, y, turn, level: what a student of some weeks may have.
TOWN = (
    ("dorm_lodge", 7, 8, 0, 3), ("ceramics_studio", 7, 12, 1, 2), ("low_carbon_cafe", 14, 9, 1, 2),
    ("bike_station", 10, 7, 0, 1), ("library", 14, 12, 0, 1), ("ginkgo", 6, 10, 0, 1),
    ("ginkgo", 6, 11, 0, 1), ("red_pine", 13, 6, 0, 1), ("plum_blossom", 16, 7, 0, 1),
    ("osmanthus", 9, 6, 0, 1), ("cherry_sapling", 10, 9, 0, 1), ("persimmon_tree", 6, 16, 0, 1),
    ("bamboo", 6, 15, 0, 1), ("fountain", 11, 11, 0, 1), ("bench", 10, 12, 1, 1),
    ("bench", 12, 10, 0, 1), ("solar_lantern", 13, 13, 0, 1), ("solar_lantern", 9, 10, 0, 1),
    ("flower_bed", 9, 12, 0, 1), ("flower_bed", 9, 13, 0, 1), ("cosmos", 10, 15, 0, 1),
    ("cosmos", 11, 16, 0, 1), ("clay_jars", 9, 14, 0, 1), ("dye_rack", 7, 15, 0, 1),
    ("harvest_table", 8, 17, 0, 1), ("mural_wall", 12, 16, 0, 1), ("stone_path", 9, 8, 0, 1),
    ("stone_path", 9, 9, 0, 1), ("stone_path", 8, 11, 0, 1), ("stone_path", 7, 11, 0, 1),
    ("paper_kites", 15, 6, 0, 1), ("wind_mobile", 13, 10, 0, 1), ("poster_column", 12, 14, 0, 1),
)  # fmt: skip


def sheet() -> Image.Image:
    """The items in the order of the catalogue, then the town in four lights."""
    book = rules_book.current()
    items = list(book.items.values())
    rows = -(-len(items) // COLUMNS)
    side = CELL * COLUMNS // 2
    image = Image.new("RGB", (CELL * COLUMNS, CELL * rows + 2 * side), palette.PAPER)
    for number, item in enumerate(items):
        corner = (number % COLUMNS * CELL, number // COLUMNS * CELL)
        image.paste(_card(item), corner)
    campus = town()
    for number, (season, hour) in enumerate(LIGHTS):
        view = picture.paint(campus=campus, seed=1, size="square", season=season, hour=hour)
        corner = (number % 2 * side, CELL * rows + number // 2 * (side * 2 // 3))
        image.paste(view.crop((60, 220, 1020, 860)).resize((side, side * 2 // 3)), corner)
    return image.crop((0, 0, image.width, CELL * rows + 2 * (side * 2 // 3)))


def town() -> state.Campus:
    """The town of the sheet; what does not fit the land is left out."""
    book = rules_book.current()
    campus = state.Campus(ground=terrain.rows(seed=1), parcels=frozenset(book.map.open_at_start))
    for number, (item, x, y, rot, level) in enumerate(TOWN):
        one, spot = state.Instance(f"t{number:02}", item, level=level), state.Spot(x, y, rot)
        if placement.why_not(campus=campus, instance=one, spot=spot, book=book) is None:
            put = state.Put(placement.placed(instance=one, spot=spot))
            campus = state.changed(campus=campus, changes=(put,))
    return campus


def _card(item: Item) -> Image.Image:
    """An item on a piece of lawn, or on the floor of a room."""
    ground = palette.tone("grass", 0.18) if item.space == "campus" else palette.tone("sand", 0.2)
    card = Image.new("RGB", (CELL, CELL), palette.PAPER)
    card.paste(ground, (3, 3, CELL - 3, CELL - 3))
    sprite, _shadow = atlas.picture(item=item, rot=0, scale=2.0)
    ratio = min(1.0, (CELL - 18) / max(sprite.image.size))
    size = (max(1, round(sprite.image.width * ratio)), max(1, round(sprite.image.height * ratio)))
    small = sprite.image.resize(size, Image.Resampling.LANCZOS)
    card.paste(small, ((CELL - size[0]) // 2, CELL - size[1] - (CELL - size[1]) // 3), small)
    return card
