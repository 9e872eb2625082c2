"""Without a network: what can be read is read, what must wait waits, and nothing happens twice."""

import re

import pytest
from playwright.sync_api import Browser, expect

from points.coupons.models import Redemption
from tests.browser.conftest import House
from tests.browser.coupons import coupon_on_the_phone, typed_code
from tests.browser.surfaces import Window, kept_scans, open_window, the_day_stands

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
    with coupon_on_the_phone(browser, new_house) as phone:
        code = made_without_signal(phone)
    with open_window(browser, base=new_house.url, surface="counter") as till:
        till.enter("counter")
        the_day_stands(till.page)
        till.context.set_offline(True)
        field = till.page.get_by_label("Scan a coupon or type its code")
        field.fill(code)
        field.press("Enter")
        expect(till.page.get_by_role("alert")).to_contain_text("Kept")
        [kept] = kept_scans(till.page)
        assert re.fullmatch(r"[0-9a-f-]{36}", kept["key"])
        assert not Redemption.objects.exists()

        till.context.set_offline(False)
        expect(till.page.get_by_text("Checked after the outage")).to_be_visible(timeout=15_000)
        expect(till.page.get_by_text("Redeemed · Americano")).to_be_visible()
        assert kept_scans(till.page) == []
        assert Redemption.objects.count() == 1


def test_a_till_that_starts_anew_without_a_line_still_takes_coupons(
    browser: Browser, new_house: House
) -> None:
    with coupon_on_the_phone(browser, new_house) as phone:
        code = typed_code(phone.page)
    with open_window(browser, base=new_house.url, surface="counter", workers=True) as till:
        till.enter("counter")
        the_day_stands(till.page)
        till.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        till.context.set_offline(True)
        till.page.reload()
        the_day_stands(till.page)
        field = till.page.get_by_label("Scan a coupon or type its code")
        field.fill(code)
        field.press("Enter")
        expect(till.page.get_by_role("alert")).to_contain_text("Kept")
        till.page.reload()
        assert [each["code"] for each in kept_scans(till.page)] == [code.replace(" ", "")]

        till.context.set_offline(False)
        expect(till.page.get_by_text("Redeemed · Americano")).to_be_visible(timeout=15_000)
        assert kept_scans(till.page) == []
        assert Redemption.objects.count() == 1


def made_without_signal(phone: Window) -> str:
    """The next code of a coupon that is on the screen, made by a phone without a network."""
    before = typed_code(phone.page)
    phone.context.set_offline(True)
    phone.context.clock.fast_forward("00:30")
    expect(phone.page.locator(".code")).not_to_have_text(before)
    return typed_code(phone.page)
