"""
What Chromium paints is what Pillow paints, and what it painted when somebody last looked.

`CAMPUS_TEST_LOOK_ANEW=1` keeps the screen of this run as the one to compare with.
"""

import base64
import os
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, expect

from points.game import queries
from points.game.art import contact, picture
from points.game.models import GameMap, Instance
from points.game.rules import book as rules_book
from tests.browser.conftest import House
from tests.browser.surfaces import Window, open_window

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SEED = 1
KEPT = Path(__file__).parent / "pictures" / "campus.png"
# The sheet of the phone: the land with 48 pixels around it and 170 for roofs (frontend/game/paint).
SHEET_LEFT, SHEET_TOP = -24 * 32 - 48, -170
DENSITY = 2


def test_the_phone_paints_what_the_share_picture_shows(browser: Browser, new_house: House) -> None:
    with open_window(
        browser, base=new_house.url, surface="student", density=DENSITY, theme="light"
    ) as phone:
        game_map = settled_town(phone)
        painted = on_canvas(phone)
        screen = Image.open(BytesIO(phone.page.screenshot()))
    campus = queries.campus_of(game_map=game_map)
    today = datetime.now(UTC).date()
    season = queries.season_of(campus=game_map.campus, day=today)
    drawn = picture.paint(campus=campus, seed=SEED, size="square", season=season)
    # The hairline frame belongs to the share picture alone.
    both = [image.crop((40, 40, 1040, 1040)) for image in (as_shared(painted), drawn)]
    assert alike(*both, within=32) >= 0.98
    assert looks_as_kept(screen)


def settled_town(phone: Window) -> GameMap:
    """The town of the contact sheet on the walker's map, as the phone shows it."""
    phone.enter("walker")
    phone.go("campus")
    expect(phone.page.locator("canvas[data-paints]").first).to_be_visible()
    game_map = GameMap.objects.get()
    game_map.seed, game_map.version = SEED, game_map.version + 1
    game_map.save()
    Instance.objects.bulk_create(
        Instance(
            map=game_map, item=one.item, state="PLACED", x=one.spot.x, y=one.spot.y,
            rot=one.spot.rot, level=one.level, asset="SUN", paid=4, bought_at=datetime.now(UTC),
        )
        for one in contact.town().instances.values()
        if one.spot is not None
    )  # fmt: skip
    phone.page.reload()
    canvas = phone.page.locator(".sheet canvas[data-paints]").first
    expect(canvas).to_be_visible()
    phone.settle()
    return game_map


def on_canvas(phone: Window) -> Image.Image:
    """The pixels of the phone's map, on the share picture's paper."""
    url = phone.page.evaluate("() => document.querySelector('.sheet canvas').toDataURL()")
    painted = Image.open(BytesIO(base64.b64decode(url.partition(",")[2]))).convert("RGBA")
    paper = Image.new("RGBA", painted.size, (0xFA, 0xF6, 0xEC, 255))
    return Image.alpha_composite(paper, painted).convert("RGB")


def as_shared(painted: Image.Image) -> Image.Image:
    """The part of the phone's sheet that the square picture frames, in its size."""
    book = rules_book.current()
    left, top, right, bottom = picture.frame(parcels=book.map.open_at_start, book=book)
    side = picture.SIZES["square"][0]
    ratio = (side - 64) / (right - left)
    x = ((left + right) / 2 - side / 2 / ratio - SHEET_LEFT) * DENSITY
    y = ((top + bottom) / 2 - side / 2 / ratio - SHEET_TOP) * DENSITY
    far = side / ratio * DENSITY
    paper = Image.new("RGB", (round(far), round(far)), (0xFA, 0xF6, 0xEC))
    paper.paste(painted, (round(-x), round(-y)))
    return paper.resize((side, side), Image.Resampling.LANCZOS)


def alike(one: Image.Image, other: Image.Image, *, within: int) -> float:
    """The part of the pixels, at half the size, in which no colour is farther apart."""
    half = (one.width // 2, one.height // 2)
    small = [image.convert("RGB").resize(half, Image.Resampling.BOX) for image in (one, other)]
    red, green, blue = ImageChops.difference(*small).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return sum(most.histogram()[: within + 1]) / (half[0] * half[1])


def looks_as_kept(screen: Image.Image) -> bool:
    """Whether the whole screen still looks as it did, at the size of a stamp: type may differ."""
    stamp = screen.convert("RGB").resize((195, 422), Image.Resampling.BOX)
    if os.environ.get("CAMPUS_TEST_LOOK_ANEW"):
        KEPT.parent.mkdir(exist_ok=True)
        stamp.save(KEPT, optimize=True)
    return alike(stamp, Image.open(KEPT), within=40) >= 0.97
