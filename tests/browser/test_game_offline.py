"""When the network fails in the middle of playing: one effect each, and no queued move is lost."""

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from points.game.models import Instance
from points.ledger.models import Transfer
from tests.browser.conftest import House
from tests.browser.surfaces import Window, open_window
from tests.browser.test_game import answered, press

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
ACTIONS = "**/api/v1/game/actions/"


def test_a_lost_answer_and_a_restart_leave_one_house_and_each_move(
    browser: Browser, new_house: House
) -> None:
    with open_window(browser, base=new_house.url, surface="student") as phone:
        phone.enter("walker")
        phone.go("campus")
        press(phone.page, "Collect it")
        answered(phone.page)
        bought_without_an_answer(phone.page)
        paid = Transfer.objects.filter(code="ITEM_BOUGHT").count()

        phone.page.reload()
        phone.settle()
        answered(phone.page)
        expect(phone.page.locator(".purse .sun b")).to_have_text("80")
        house = Instance.objects.get()
        assert Transfer.objects.filter(code="ITEM_BOUGHT").count() == paid == 1

        moved_without_a_network(phone)
        again = phone.context.new_page()
        again.goto(f"{new_house.url}/#/campus")
        expect(again.get_by_role("heading", level=1, include_hidden=True)).not_to_have_count(0)
        answered(again)
        before = (house.x, house.y)
        house.refresh_from_db()
        assert (house.x, house.y) != before
        assert house.state == "PLACED"
        phone.complaints[:] = [said for said in phone.complaints if "ERR_" not in said]


def bought_without_an_answer(page: Page) -> None:
    """The server sells a lodge, and its answer never arrives; the phone says nothing is lost."""

    def swallow(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(ACTIONS, swallow)
    press(page, "Place the dorm lodge")
    with page.expect_event("requestfailed"):
        press(page, "Place for 120")
    page.unroute(ACTIONS)
    assert Instance.objects.get().item == "dorm_lodge"
    assert queued(page) == 1


def moved_without_a_network(phone: Window) -> None:
    """To where the cursor goes, kept by the phone that is then closed."""
    press(phone.page, "Show as list")
    phone.context.set_offline(True)
    press(phone.page, "^Move$")
    phone.page.get_by_role("gridcell").and_(phone.page.locator("[tabindex='0']")).focus()
    phone.page.keyboard.press("ArrowRight")
    press(phone.page, "Place here")
    assert queued(phone.page) == 1
    phone.page.close()
    phone.context.set_offline(False)


def queued(page: Page) -> int:
    """How many actions the phone keeps until they are answered."""
    count: int = page.evaluate(
        """() => {
          const name = Object.keys(localStorage).find((key) => key.startsWith('campus.game.queue.'))
          return name ? JSON.parse(localStorage.getItem(name)).length : 0
        }"""
    )
    return count
