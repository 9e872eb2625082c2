"""The tariff editor of the manager: the form and the document beside it, tried and published."""

import json
from datetime import UTC, datetime

import pytest
import time_machine
from playwright.sync_api import Browser, Page, expect

from meters.billing.models import Tariff
from tests import factories as make
from tests.browser.surfaces import open_window
from tests.meters.billing.rows import a_big_room, a_priced_residence, charged, used

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
IN_MAY = datetime(2026, 5, 10, 3, tzinfo=UTC)


def test_a_tier_changed_in_the_form_is_tried_on_last_month_and_published(
    browser: Browser, served: str
) -> None:
    room = a_big_room(a_priced_residence())
    make.a_manager(residence=room.residence, username="keeper")
    with time_machine.travel(IN_MAY, tick=True):
        make.a_student(room=room)
        used(room, [10_000] * 30)
        charged(room, 30)
        with open_window(browser, base=served, surface="manager") as desk:
            desk.enter("keeper")
            desk.go("billing/tariffs")
            desk.page.get_by_role("button", name="New version from this").first.click()
            the_first_tier_is_edited(desk.page)
            the_day_of_the_cycle_is_refused_where_it_stands(desk.page)
            desk.page.get_by_role("button", name="Try it on last month").click()
            expect(desk.page.get_by_text("0 rooms pay less, 1 more")).to_be_visible()
            desk.page.get_by_role("button", name="Publish", exact=True).click()
            desk.page.get_by_role("button", name="Apply from 2026-06-01").click()
            expect(desk.page.get_by_text("Coming", exact=True)).to_be_visible()
    published = Tariff.objects.get(valid_from="2026-06-01").document
    assert published["lines"][1]["rates"]["*"][0] == "150"


def the_first_tier_is_edited(page: Page) -> None:
    """Above the second it is refused where it stands; its price lands in the document."""
    tier = page.get_by_role("group", name="Tier 1", exact=True)
    bound = tier.get_by_label("Up to kWh").last
    before = bound.input_value()
    bound.fill("4000")
    refused = page.get_by_role("group", name="Tier 2", exact=True).locator(".problem")
    expect(refused).to_have_text("each tier must end above the one before it")
    bound.fill(before)
    expect(refused).to_have_count(0)
    tier.get_by_label("Per kWh", exact=True).fill("150")
    document = json.loads(page.get_by_label("The document (JSON)").input_value())
    assert document["lines"][1]["rates"]["*"][0] == "150"


def the_day_of_the_cycle_is_refused_where_it_stands(page: Page) -> None:
    cycle = page.get_by_role("region", name="The billing cycle")
    day = cycle.get_by_label("Begins on day (1–31)")
    day.fill("40")
    expect(cycle.locator(".problem")).to_have_text("a whole number from 1 to 31 is needed here")
    day.fill("1")
    expect(cycle.locator(".problem")).to_have_count(0)
