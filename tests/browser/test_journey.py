"""The whole house through its three doors: a file handed in, a bill read, a coffee drunk."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import House
from tests.browser.surfaces import open_window
from tests.journeys.living import FOUR_WEEKS, morning_after
from tests.journeys.small_campus import SmallCampus

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

WEEK = FOUR_WEEKS + timedelta(weeks=1)
LAST = WEEK - timedelta(days=1)


def test_a_file_handed_in_at_the_desk_becomes_a_coffee_at_the_counter(
    browser: Browser,
    house: House,
    artefacts: Path,
    tmp_path: Path,
) -> None:
    house.clock.move_to(morning_after(LAST))
    with open_window(browser, base=house.url, surface="manager") as desk:
        desk.enter("keeper")
        handed_in(desk.page, house.small, tmp_path)
        desk.page.screenshot(path=artefacts / "manager.png")
    call_command("night", through=LAST, verbosity=0)

    with open_window(browser, base=house.url, surface="student", welcomed=False) as phone:
        phone.enter("walker")
        welcomed(phone.page)
        sunlight_builds_a_house(phone.page)
        phone.page.screenshot(path=artefacts / "student-campus.png")
        the_bill_opens_down_to_its_line(phone.page, LAST)
        phone.page.screenshot(path=artefacts / "student-bill.png")
        code = bought(phone.page)
        phone.page.screenshot(path=artefacts / "student-coupon.png")

        with open_window(browser, base=house.url, surface="counter") as till:
            till.enter("counter")
            used(till.page, code)
            till.page.screenshot(path=artefacts / "counter.png")

        expect(phone.page.get_by_text("This coupon was used.")).to_be_visible(timeout=15_000)
        spent(phone.page)
        phone.page.screenshot(path=artefacts / "student-passbook.png")


def handed_in(page: Page, small: SmallCampus, folder: Path) -> None:
    """A week of readings with two lines at fault; the report names both lines."""
    content = small.csv(first=FOUR_WEEKS, after=WEEK).decode().rstrip("\n")
    lines = content.count("\n") + 1
    file = folder / "week-5.csv"
    file.write_text(f"{content}\nE00,{WEEK},-1\nX99,{WEEK},2.5\n")
    page.get_by_role("navigation").get_by_role("link", name="Deliveries").click()
    page.locator("input[type=file]").set_input_files(file)
    report = page.locator("section").filter(has_text="week-5.csv").first
    expect(report).to_contain_text(f"{7 * len(small.rooms)}")
    for line in (lines + 1, lines + 2):
        expect(report.get_by_role("cell", name=str(line), exact=True)).to_be_visible()


def welcomed(page: Page) -> None:
    """Three steps: what this is, my room's yesterday, light to begin with."""
    expect(page.get_by_role("heading", name="A campus that grows")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("kWh").first).to_be_visible()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Place the dorm lodge").click()


def sunlight_builds_a_house(page: Page) -> None:
    """The light is collected as the guide says, the lodge is bought with it and stands."""
    page.get_by_role("button", name="Close", exact=True).click()
    before = balance(page)
    page.get_by_role("button", name="Collect it").click()
    expect(page.get_by_role("button", name="Place the dorm lodge")).to_be_visible()
    assert balance(page) > before
    page.get_by_role("button", name="Place the dorm lodge").click()
    rich = balance(page)
    with page.expect_response("**/game/actions/") as played:
        page.get_by_role("button", name="Place for 120 sunlight").click()
    assert played.value.json()["results"][0]["ok"]
    expect(page.get_by_role("button", name="Build", exact=True)).to_be_visible()
    assert balance(page) == rich - 120


def balance(page: Page) -> int:
    """The sunlight that the top of the campus shows."""
    return int(page.locator(".purse .sun b").first.inner_text().replace(",", ""))


def the_bill_opens_down_to_its_line(page: Page, day: date) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Energy").click()
    page.get_by_role("link", name="Bill of the day").first.click()
    sheet = page.get_by_role("dialog", name=re.compile("Bill of"))
    expect(sheet.get_by_text("My share")).to_be_visible()
    sheet.locator("summary", has_text="Energy charge").click()
    expect(sheet.get_by_text(re.compile(r"File week-5\.csv, line \d+"))).to_be_visible()
    expect(sheet.get_by_text(re.compile(r"kWh × [\d.]+ = "))).to_be_visible()
    expect(sheet.get_by_text("Up to the day before")).to_be_visible()
    this_line_is_wrong(sheet)
    sheet.get_by_role("button", name="Close", exact=True).click()


def this_line_is_wrong(sheet: Locator) -> None:
    """A word about the open line reaches the manager with that line, and stands below the bill."""
    line = sheet.locator("details[open]")
    line.get_by_role("button", name="This is wrong").click()
    line.get_by_role("textbox").fill("We were away that day.")
    line.get_by_role("button", name="Send").click()
    expect(sheet.get_by_text("About: Energy charge")).to_be_visible()


def bought(page: Page) -> str:
    """A coupon of the café, and the code that the phone shows for it."""
    page.get_by_role("navigation").get_by_role("link", name="Passbook").click()
    page.get_by_role("radio", name="Offers").check()
    page.get_by_role("link", name=re.compile("Americano")).click()
    page.get_by_role("button", name=re.compile("Get it for 50 points")).click()
    coupon = page.get_by_role("dialog", name="Americano")
    drawn = coupon.get_by_role("img", name="QR code of the coupon").locator("path")
    expect(drawn).to_have_attribute("d", re.compile(r"^M0 0h1v1"))
    code = coupon.locator(".code")
    expect(code).to_have_text(re.compile(r"^\w{4} \w{3} \w{3}$"))
    return code.inner_text()


def used(page: Page, code: str) -> None:
    """Typed once it is a coffee; typed again it says when it was."""
    field = page.get_by_label("Scan a coupon or type its code")
    field.fill(code.lower())
    field.press("Enter")
    verdict = page.get_by_role("alert")
    expect(verdict).to_contain_text("Redeemed")
    expect(verdict).to_contain_text("Americano")
    expect(verdict).to_have_count(0, timeout=5_000)
    expect(page.locator(".list li").filter(has_text="Americano")).to_have_count(1)
    field.fill(code)
    field.press("Enter")
    expect(verdict).to_contain_text(re.compile(r"Already used at \d\d:\d\d"))
    expect(verdict).to_have_count(0, timeout=5_000)


def spent(page: Page) -> None:
    """The statement shows what was paid, and opens its source."""
    page.get_by_role("button", name="Close", exact=True).click()
    page.get_by_role("radio", name="Statement").check()
    row = page.get_by_role("row").filter(has_text="−50")
    expect(row).to_have_count(1)
    row.get_by_role("button").click()
    expect(page.get_by_text(re.compile("Booked"))).to_be_visible()
