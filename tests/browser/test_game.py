"""The mini-campus in a real browser: by touch, by keyboard alone, painted once and then moved."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from points.game.models import GameMap, Instance
from tests.browser.conftest import House
from tests.browser.surfaces import Window, open_window, violations
from tests.browser.test_screens import WCAG

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_the_guide_leads_to_a_house_that_is_furnished_by_touch(
    browser: Browser, new_house: House, axe: str
) -> None:
    with open_window(browser, base=new_house.url, surface="student") as phone:
        page = phone.page
        phone.enter("walker")
        phone.go("campus")
        page.get_by_role("button", name="Collect it").click()
        page.get_by_role("button", name="Place the dorm lodge").click()
        page.get_by_role("button", name="Place for 120 sunlight").click()
        expect(page.locator(".purse .sun b")).to_have_text("80")
        expect(page.get_by_role("button", name="Place the dorm lodge")).to_have_count(0)
        answered(page)
        assert Instance.objects.get().item == "dorm_lodge"
        furnished(page)
        for place in ("visit", "monument", "mine"):
            phone.page.goto("about:blank")
            phone.go(f"campus/{place}")
            expect(page.get_by_role("dialog")).to_be_visible()
            assert violations(phone, axe, WCAG) == []


def furnished(page: Page) -> None:
    """Into the lodge, an easel put down, and out again."""
    page.get_by_role("button", name="Show as list").click()
    page.get_by_role("button", name="More about Dorm lodge").click()
    page.get_by_role("button", name="Go inside").click()
    page.get_by_role("button", name="Show as map").click()
    page.get_by_role("button", name="Furnish").click()
    page.get_by_role("button", name=re.compile("^Easel")).click()
    page.get_by_role("button", name="Place for 20 sunlight").click()
    expect(page.locator(".purse .sun b")).to_have_text("60")
    page.get_by_role("button", name="Outside").click()
    answered(page)
    easel = Instance.objects.get(item="easel")
    assert easel.inside is not None
    assert easel.inside.item == "dorm_lodge"


def test_the_whole_loop_by_keyboard_alone_in_lists(browser: Browser, new_house: House) -> None:
    with open_window(browser, base=new_house.url, surface="student") as phone:
        page = phone.page
        phone.enter("walker")
        phone.go("campus")
        press(page, "Show as list")
        press(page, "Collect all")
        expect(page.locator(".purse .sun b")).to_have_text("200")
        press(page, "^Build$")
        press(page, "^Dorm lodge")
        press(page, "Place for 120")
        press(page, "^Move$")
        page.get_by_role("gridcell").and_(page.locator("[tabindex='0']")).focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("r")
        press(page, "Place here")
        press(page, "^Store$")
        press(page, "^Place$")
        press(page, "First free place")
        press(page, "Place here")
        press(page, "More about Dorm lodge")
        press(page, "^Return$")
        expect(page.locator(".purse .sun b")).to_have_text("200")
        answered(page)
        assert Instance.objects.get().state == "RETURNED"


def answered(page: Page) -> None:
    """Wait until the campus has answered all that was asked."""
    queue = "key => key.startsWith('campus.game.queue.')"
    page.wait_for_function(f"() => !Object.keys(localStorage).some({queue})")


def press(page: Page, name: str) -> None:
    """Reach a button and press it with the keyboard, when it may be pressed."""
    found = page.get_by_role("button", name=re.compile(name)).first
    expect(found).to_be_enabled()
    found.focus()
    page.keyboard.press("Enter")


def test_six_hundred_things_are_painted_once_and_then_only_moved(
    browser: Browser, new_house: House
) -> None:
    with open_window(browser, base=new_house.url, surface="student") as phone:
        phone.enter("walker")
        phone.go("campus")
        expect(phone.page.locator("canvas[data-paints]").first).to_be_visible()
        crowded(GameMap.objects.get())
        phone.page.reload()
        canvas = phone.page.locator(".sheet canvas[data-paints]").first
        expect(canvas).to_be_visible()
        phone.settle()
        phone.page.wait_for_timeout(1500)
        before = canvas.get_attribute("data-paints")
        panned(phone)
        assert canvas.get_attribute("data-paints") == before


def panned(phone: Window) -> None:
    """Drag the map about, zoom it, walk it with the arrow keys."""
    mouse = phone.page.mouse
    mouse.move(195, 420)
    mouse.down()
    for step in range(20):
        mouse.move(195 + 6 * step, 420 - 4 * step)
    mouse.up()
    mouse.wheel(0, -400)
    phone.page.get_by_role("application").focus()
    for key in ("ArrowLeft", "ArrowDown", "+", "-"):
        phone.page.keyboard.press(key)
    phone.page.wait_for_timeout(300)


def crowded(game_map: GameMap) -> None:
    """Stones everywhere and flowers on some of them: as much as a campus may hold."""
    game_map.parcels = list(range(16))
    game_map.version += 1
    game_map.save()
    cells = [(n % 24, n // 24) for n in range(576)]
    rows = [("stone_path", x, y) for x, y in cells] + [("cosmos", x, 0) for x in range(24)]
    Instance.objects.bulk_create(
        Instance(
            map=game_map,
            item=item,
            state="PLACED",
            x=x,
            y=y,
            asset="SUN",
            paid=4,
            bought_at=datetime.now(UTC),
        )
        for item, x, y in rows
    )
