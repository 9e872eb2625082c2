"""A coupon in the student's hand: bought with points, shown, filmed for a camera."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from points.ledger import operations as ledger
from tests.browser.conftest import House
from tests.browser.surfaces import Window, open_window
from tests.journeys.small_campus import TERM_STARTS

FRAMES_A_SECOND = 30  # at which Chromium plays a film of JPEGs
PICTURE = (640, 480)
WALL, CODE_SIDE = (64, 58, 50), 300


@contextmanager
def coupon_on_the_phone(browser: Browser, house: House) -> Iterator[Window]:
    """The phone of a student who has just bought a coupon; its code is on the screen."""
    ledger.credit(
        holder=house.small.student.holder,
        asset="CP",
        amount=house.small.offer.price_cp,
        code="SAVING",
        source_kind="TEST",
        source_id="1",
        at=datetime.now(UTC),
        effective_on=TERM_STARTS,
    )
    with open_window(browser, base=house.url, surface="student") as phone:
        phone.enter("walker")
        phone.go(f"passbook/offers/{house.small.offer.uid}")
        phone.page.get_by_role("button", name=re.compile("Get it for")).click()
        expect(phone.page.locator(".code")).to_be_visible()
        yield phone


def typed_code(page: Page) -> str:
    """The code as the student would say it."""
    return page.locator(".code").inner_text()


def film_of(page: Page, file: Path) -> Path:
    """A film for a fake camera: two seconds of a wall, then the phone held up for one; it loops."""
    code = page.get_by_role("img", name="QR code of the coupon")
    expect(code.locator("path")).to_have_attribute("d", re.compile(r"^M0 0h1v1"))
    wall, held_up = Image.new("RGB", PICTURE, WALL), Image.new("RGB", PICTURE, WALL)
    qr = Image.open(io.BytesIO(code.screenshot())).convert("RGB").resize((CODE_SIDE, CODE_SIDE))
    held_up.paste(qr, ((PICTURE[0] - CODE_SIDE) // 2, (PICTURE[1] - CODE_SIDE) // 2))
    film = 2 * FRAMES_A_SECOND * [_jpeg(wall)] + FRAMES_A_SECOND * [_jpeg(held_up)]
    file.write_bytes(b"".join(film))
    return file


def _jpeg(picture: Image.Image) -> bytes:
    frame = io.BytesIO()
    picture.save(frame, "JPEG", quality=88)
    return frame.getvalue()
