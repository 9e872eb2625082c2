"""Without a network: what can be read is read, what must wait waits, and nothing happens twice."""

import json
import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, expect

from points.coupons.models import Redemption
from points.ledger import operations as ledger
from tests.browser.conftest import House
from tests.browser.surfaces import open_window
from tests.journeys.conftest import TERM_STARTS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_the_app_opens_without_a_network_and_says_what_needs_one(
    browser: Browser, house: House
) -> None:
    with open_window(browser, base=house.url, surface="student", workers=True) as phone:
        phone.enter("walker")
        phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        phone.go("passbook/offers")
        phone.go("energy")
        shown = phone.page.locator(".figure .value").first.inner_text()

        phone.context.set_offline(True)
        phone.page.reload()
        expect(phone.page.get_by_text("You're offline.")).to_be_visible()
        expect(phone.page.get_by_text(re.compile(r"Data of \d\d:\d\d"))).to_be_visible()
        expect(phone.page.locator(".figure .value").first).to_have_text(shown)

        phone.go(f"passbook/offers/{house.small.offer.uid}")
        buy = phone.page.get_by_role("button", name=re.compile("Get it for"))
        expect(buy).to_be_disabled()
        expect(buy).to_contain_text("Needs the network")


def test_a_code_taken_while_offline_is_kept_with_its_key_and_used_once(
    browser: Browser, new_house: House
) -> None:
    code = code_on_the_phone(browser, new_house)
    with open_window(browser, base=new_house.url, surface="counter") as till:
        till.enter("counter")
        till.settle()
        till.context.set_offline(True)
        field = till.page.get_by_label("Scan a coupon or type its code")
        field.fill(code)
        field.press("Enter")
        expect(till.page.get_by_role("alert")).to_contain_text("Kept")
        [kept] = json.loads(till.page.evaluate("localStorage.getItem('campus.counter.scans')"))
        assert re.fullmatch(r"[0-9a-f-]{36}", kept["key"])
        assert not Redemption.objects.exists()

        till.context.set_offline(False)
        expect(till.page.get_by_text("Checked after the outage")).to_be_visible(timeout=15_000)
        expect(till.page.get_by_text("Redeemed · Americano")).to_be_visible()
        assert till.page.evaluate("localStorage.getItem('campus.counter.scans')") == "[]"
        assert Redemption.objects.count() == 1


def code_on_the_phone(browser: Browser, house: House) -> str:
    """The typed code of a coupon that the student has bought with points they were given."""
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
        return phone.page.locator(".code").inner_text()
