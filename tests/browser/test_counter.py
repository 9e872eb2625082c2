"""The counter under its three trials: a camera, two tills at once, a line that breaks."""

import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from points.coupons import operations as coupons
from points.coupons.models import Redemption
from tests import factories as make
from tests.browser.conftest import House
from tests.browser.coupons import coupon_on_the_phone, film_of, typed_code
from tests.browser.surfaces import Window, kept_scans, open_window, the_day_stands
from tests.engines import chromium

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

SOON_ENOUGH = 0.7  # seconds from the picture to the verdict
REDEMPTIONS = "**/api/v1/counter/redemptions/"

# Notes when a bright picture comes after dark ones, and when a verdict comes after none.
STOPWATCH = """() => {
  const moments = (window.moments = [])
  const canvas = new OffscreenCanvas(16, 12)
  const paper = canvas.getContext('2d', { willReadFrequently: true })
  let bright = false, told = false
  const watch = (video) => {
    paper.drawImage(video, 0, 0, 16, 12)
    const mean = paper.getImageData(5, 3, 6, 6).data.filter((_, n) => n % 4 === 0)
    const now = mean.reduce((sum, value) => sum + value, 0) / mean.length > 100
    if (now && !bright) moments.push({ what: 'picture', at: performance.now() })
    bright = now
    video.requestVideoFrameCallback(() => watch(video))
  }
  new MutationObserver(() => {
    const video = document.querySelector('video:not([data-watched])')
    if (video) {
      video.dataset.watched = ''
      video.requestVideoFrameCallback(() => watch(video))
    }
    const word = document.querySelector('[role=alert] .word')?.textContent
    if (word && !told) moments.push({ what: word, at: performance.now() })
    told = Boolean(word)
  }).observe(document, { childList: true, subtree: true })
}"""


@contextmanager
def a_till(browser: Browser, house: House, name: str = "counter") -> Iterator[Window]:
    with open_window(browser, base=house.url, surface="counter") as till:
        till.enter(name)
        the_day_stands(till.page)
        yield till


def test_the_camera_reads_the_phone_and_the_verdict_is_there_at_once(
    browser: Browser, new_house: House, tmp_path: Path
) -> None:
    with coupon_on_the_phone(browser, new_house) as phone:
        film = film_of(phone.page, tmp_path / "held-up.mjpeg")
    seeing = browser.browser_type.launch(
        executable_path=chromium.executable(),
        args=[
            "--no-sandbox",
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={film}",
        ],
    )
    with a_till(seeing, new_house) as till:
        till.page.evaluate(STOPWATCH)
        till.page.get_by_role("button", name="Scan with the camera").click()
        expect(till.page.get_by_role("alert")).to_contain_text("Redeemed", timeout=15_000)
        moments = six_moments(till.page)
    seeing.close()
    words = [moment["what"] for moment in moments]
    assert words[:2] == ["picture", "Redeemed"]
    assert all(word.startswith("Already used") for word in words[3::2])
    waits = [(moments[n + 1]["at"] - moments[n]["at"]) / 1000 for n in (0, 2, 4)]
    assert statistics.median(waits) <= SOON_ENOUGH, waits
    assert Redemption.objects.count() == 1


def test_of_two_tills_at_once_one_redeems_and_the_other_is_told(
    browser: Browser, new_house: House
) -> None:
    small = new_house.small
    coupons.register_till(
        cafe=small.offer.cafe,
        user=make.a_user(username="terrace"),
        name="Terrace",
        at=datetime.now(UTC),
    )
    with ExitStack() as open_windows:
        phone = open_windows.enter_context(coupon_on_the_phone(browser, new_house))
        code = typed_code(phone.page)
        tills = [
            open_windows.enter_context(a_till(browser, new_house, name))
            for name in ("counter", "terrace")
        ]
        held: list[Route] = []

        def hold(route: Route) -> None:
            held.append(route)

        for till in tills:
            till.page.route(REDEMPTIONS, hold)
            enter(till.page, code)
        for till in tills:
            till.page.wait_for_timeout(200)
        assert len(held) == 2
        for route in held:
            route.fallback()
        words = sorted(till.page.locator("[role=alert] .word").inner_text() for till in tills)
    assert words[0].startswith("Already used at")
    assert words[1] == "Redeemed"
    assert Redemption.objects.count() == 1


def test_a_line_that_breaks_before_the_answer_and_a_page_that_dies_make_one_effect(
    browser: Browser, new_house: House
) -> None:
    with coupon_on_the_phone(browser, new_house) as phone:
        code = typed_code(phone.page)
    sent: list[tuple[str, str | None]] = []

    def lose_the_answer(route: Route) -> None:
        sent.append((route.request.headers["idempotency-key"], route.request.post_data))
        if len(sent) > 1:
            return route.fallback()
        assert route.fetch().status == 201
        return route.abort()

    with a_till(browser, new_house) as till:
        till.page.route(REDEMPTIONS, lose_the_answer)
        # The page shall die before it finds the line again.
        till.page.route("**/healthz", lambda route: route.abort())
        enter(till.page, code)
        expect(till.page.get_by_role("alert")).to_contain_text("Kept")
        [kept] = kept_scans(till.page)
        assert kept["key"] == sent[0][0]
        till.page.reload()
        expect(till.page.get_by_text("Checked after the outage")).to_be_visible(timeout=15_000)
        expect(till.page.get_by_text("Redeemed · Americano")).to_be_visible()
        assert kept_scans(till.page) == []
        expect(till.page.locator(".list li")).to_have_count(1)
        till.complaints = [said for said in till.complaints if "ERR_FAILED" not in said]
    assert len(sent) == 2
    assert sent[0] == sent[1]
    assert Redemption.objects.count() == 1


def six_moments(page: Page) -> list[dict[str, Any]]:
    """Three pictures and three verdicts. Polled, as the policy of the page forbids `eval`."""
    deadline = time.monotonic() + 20
    while len(moments := page.evaluate("() => moments")) < 6 and time.monotonic() < deadline:
        page.wait_for_timeout(200)
    assert len(moments) >= 6, moments
    return list(moments[:6])


def enter(page: Page, code: str) -> None:
    field = page.get_by_label("Scan a coupon or type its code")
    field.fill(code)
    field.press("Enter")
