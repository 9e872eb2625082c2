"""
The pictures of the README, taken anew from a campus that is served.

    ./run                                     in one terminal
    .venv/bin/python scripts/pictures.py      in another; needs the packages of ./test and Chromium
"""

import argparse
import io
import shutil
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from layout import ROOT

PICTURES = ROOT / "docs" / "pictures"
PASSWORD = "sunlight"  # noqa: S105 -- of the demo, told on its door
BUSY = "() => !document.querySelector('[aria-busy=true]')"
QUALITY = 82
SEOUL = ZoneInfo("Asia/Seoul")
# A person who has been here before and reads English.
REMEMBERED = "localStorage['campus.welcomed'] = '1'; localStorage['campus.language'] = 'en'"


@dataclass(frozen=True, slots=True)
class Picture:
    """One screen: where it is, who looks, and how wide it stands in the README."""

    name: str
    path: str
    username: str
    size: tuple[int, int]
    width: int
    opens: str = ""
    theme: str = "light"


WANTED = (
    Picture("student", "/#/energy", "student", (390, 844), 520),
    Picture("campus", "/#/campus", "student", (390, 844), 520),
    Picture("passbook", "/#/passbook", "student", (390, 844), 520, theme="dark"),
    Picture("manager", "/manager/#/rooms", "manager", (1280, 800), 1100, opens="tbody tr"),
    Picture("counter", "/counter/", "till", (1024, 768), 1000),
)


def main() -> None:
    """Take every picture, as small WebP files that replace the old ones."""
    parser = argparse.ArgumentParser(description="Take the pictures of the README anew.")
    parser.add_argument("address", nargs="?", default="http://127.0.0.1:8000")
    address = parser.parse_args().address.rstrip("/")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        for wanted in WANTED:
            file = PICTURES / f"{wanted.name}.webp"
            picture = Image.open(io.BytesIO(taken(browser, address, wanted))).convert("RGB")
            height = round(picture.height * wanted.width / picture.width)
            picture.resize((wanted.width, height), Image.Resampling.LANCZOS).save(
                file, quality=QUALITY, method=6
            )
            print(f"  {file.relative_to(ROOT)}  {file.stat().st_size / 1000:.0f} kB")


def taken(browser: Browser, address: str, wanted: Picture) -> bytes:
    """A picture of a screen, twice as fine as it is shown, as PNG."""
    width, height = wanted.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=2,
        locale="en-GB",
        color_scheme="dark" if wanted.theme == "dark" else "light",
        reduced_motion="reduce",
        service_workers="block",
    )
    context.add_init_script(REMEMBERED)
    # The map shows the light of the hour: on pictures it is noon at the campus.
    context.clock.set_fixed_time(datetime.now(SEOUL).replace(hour=12, minute=0))
    page = context.new_page()
    page.goto(f"{address}{wanted.path.partition('#')[0]}")
    sign_in(page, wanted.username)
    page.goto(f"{address}{wanted.path}")
    page.wait_for_function(BUSY)
    if wanted.opens:
        page.locator(wanted.opens).nth(1).click()
        page.wait_for_function(BUSY)
    page.wait_for_timeout(1500)  # the map draws itself after its data
    picture = page.screenshot()
    context.close()
    return picture


def sign_in(page: Page, username: str) -> None:
    """Enter by the door."""
    page.locator("[autocomplete=username]").fill(username)
    page.locator("[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("[type=password]").wait_for(state="detached")


if __name__ == "__main__":
    main()
