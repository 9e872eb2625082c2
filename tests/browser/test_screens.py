"""Every screen, in both themes and three languages: nothing for axe to find, nothing cut off."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import House
from tests.browser.surfaces import NARROW, SIZES, open_window, violations
from tests.journeys.living import FOUR_WEEKS
from tests.tiers import tier

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
DAY = FOUR_WEEKS - timedelta(days=1)
THEMES, LANGUAGES = ("light", "dark"), ("ko", "en", "zh-Hans")
PEOPLE = {"student": "walker", "manager": "keeper", "counter": "counter"}
# Routes; after a bar, the name of the button that opens a sheet there.
SCREENS = {
    "student": (
        "campus",
        "energy",
        "campus/build",
        f"energy/bill/{DAY}/energy",
        f"energy/month/{DAY:%Y-%m}",
        "activities",
        "activities/host",
        "passbook",
        "passbook|Take it along",
        "passbook/offers",
        "passbook/coupons",
        "me",
        "me|Erase me",
        "welcome",
    ),
    "manager": (
        "today",
        "rooms",
        "billing/tariffs",
        "billing/balances",
        "billing/adjustments",
        "billing/questions",
        "deliveries",
        "cafe/offers",
        "cafe/offers/campaign/new",
        "cafe/offers/offer/new",
        "cafe/budget",
        "cafe/statements",
        "cafe/uses",
        "cafe/alerts",
        "cafe/tills",
        "sunlight",
        "objections",
        "nights",
        "savings/rehearse",
        "savings/fairness/placebo",
        "audit",
    ),
    "counter": ("", "|Close of day", "|Statements"),
}


def test_every_screen_is_whole_in_both_themes_and_three_languages(
    browser: Browser, house: House, axe: str, artefacts: Path
) -> None:
    found: list[str] = []
    for surface in SCREENS:
        for theme in THEMES:
            found += barriers(browser, house, surface, theme, axe, artefacts)
        for language in LANGUAGES:
            found += cut_off(browser, house, surface, language)
    assert found == []


def in_turn(screens: Sequence[str], kind: str, kinds: Sequence[str]) -> Sequence[str]:
    """The screens whose turn it is in a theme or language: each in one, in the long run in all."""
    step = tier(quick=len(kinds), full=1)
    return screens[kinds.index(kind) % step :: step]


def barriers(  # noqa: PLR0917 -- a helper of one test
    browser: Browser, house: House, surface: str, theme: str, axe: str, artefacts: Path
) -> Iterator[str]:
    """What axe finds on the screens of a surface; each leaves its picture."""
    with open_window(browser, base=house.url, surface=surface, theme=theme) as window:
        window.enter(PEOPLE[surface])
        for screen in in_turn(SCREENS[surface], theme, THEMES):
            route, _, opens = screen.partition("|")
            window.go(route)
            if opens:
                window.page.get_by_role("button", name=opens).click()
                expect(window.page.get_by_role("dialog")).to_be_visible()
                window.settle()
            yield from (f"{surface}/{screen}: {one}" for one in violations(window, axe, WCAG))
            name = re.sub(r"\W+", "-", f"{surface}-{screen}-{theme}")
            window.page.screenshot(path=artefacts / f"{name}.png")
            if opens:
                window.page.keyboard.press("Escape")


def cut_off(browser: Browser, house: House, surface: str, language: str) -> Iterator[str]:
    """The screens that are wider than a narrow phone, or than the surface's own window."""
    places = [each for each in SCREENS[surface] if "|" not in each]
    if not (screens := in_turn(places, language, LANGUAGES)):
        return
    size = NARROW if surface == "student" else SIZES[surface]
    with open_window(
        browser, base=house.url, surface=surface, language=language, size=size
    ) as window:
        window.enter(PEOPLE[surface])
        for screen in screens:
            window.go(screen)
            if wider := window.overflow():
                yield f"{surface}/{screen} in {language}: {wider}"
        assert window.page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize("language", ["ko", "en", "zh-Hans"])
def test_the_kit_shows_every_piece_in_light_and_dark(
    browser: Browser, new_house: House, axe: str, language: str, artefacts: Path
) -> None:
    with open_window(browser, base=new_house.url, surface="kit", language=language) as kit:
        kit.page.goto(f"{new_house.url}/kit/")
        expect(kit.page.locator("section[data-theme]")).to_have_count(2)
        expect(kit.page.locator("svg path[d^='M0 0h1v1']")).to_have_count(2)
        assert violations(kit, axe, WCAG) == []
        assert kit.overflow() is None
        kit.page.screenshot(path=artefacts / f"kit-{language}.png", full_page=True)


def test_the_rooms_are_walked_by_keyboard(browser: Browser, house: House) -> None:
    with open_window(browser, base=house.url, surface="manager") as desk:
        desk.enter("keeper")
        desk.go("rooms")
        rows = desk.page.locator("tbody tr")
        expect(rows).to_have_count(len(house.small.rooms))
        rows.first.focus()
        for step in (1, 2):
            desk.page.keyboard.press("ArrowDown")
            expect(rows.nth(step)).to_be_focused()
        desk.page.keyboard.press("Enter")
        number = rows.nth(2).locator("td").first.inner_text()
        drawer = desk.page.get_by_role("complementary")
        expect(drawer).to_contain_text(number)
        expect(drawer.get_by_role("heading", name="The last 35 days")).to_be_visible()


def test_a_wrong_password_is_told_beside_the_door(browser: Browser, new_house: House) -> None:
    with open_window(browser, base=new_house.url, surface="student", language="ko") as phone:
        phone.page.goto(new_house.url)
        phone.page.get_by_label("아이디").fill("walker")
        phone.page.get_by_label("비밀번호").fill("moonlight")
        phone.page.get_by_role("button", name="로그인", exact=True).click()
        expect(phone.page.get_by_text("아이디나 비밀번호가 맞지 않아요")).to_be_visible()
        phone.complaints = [said for said in phone.complaints if "400" not in said]


def test_a_student_is_shown_the_way_from_the_desk_of_the_manager(
    browser: Browser, new_house: House
) -> None:
    with open_window(browser, base=new_house.url, surface="manager") as desk:
        desk.page.goto(f"{new_house.url}/manager/")
        desk.page.get_by_label("User name").fill("walker")
        desk.page.get_by_label("Password").fill("sunlight")
        desk.page.get_by_role("button", name="Sign in", exact=True).click()
        way = desk.page.get_by_role("link", name="Open the student app")
        expect(way).to_have_attribute("href", "/")
