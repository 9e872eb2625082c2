"""The three surfaces as a person uses them: a window of the right size, a language, a way in."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, expect

from tests import factories as make

PHONE, DESK, TABLET, NARROW = (390, 844), (1280, 800), (1024, 768), (320, 640)
PATHS = {"student": "/", "manager": "/manager/", "counter": "/counter/", "kit": "/kit/"}
SIZES = {"student": PHONE, "manager": DESK, "counter": TABLET, "kit": DESK}
SIGN_IN = {"ko": "로그인", "en": "Sign in", "zh-Hans": "登录"}
NAME = {"ko": "아이디", "en": "User name", "zh-Hans": "用户名"}
PASSWORD = {"ko": "비밀번호", "en": "Password", "zh-Hans": "密码"}
# What a browser says of answers that are part of the play: not signed in yet, a code refused.
EXPECTED = (
    "401 (Unauthorized)",
    "409 (Conflict)",
    "422 (Unprocessable",
    "ERR_INTERNET_DISCONNECTED",
)


@dataclass(slots=True)
class Window:
    """One open surface, and everything that its console complained about."""

    page: Page
    context: BrowserContext
    base: str
    surface: str
    language: str
    complaints: list[str] = field(default_factory=list)

    def enter(self, username: str) -> None:
        """Sign in at the door, as a person does."""
        self.page.goto(self.base + PATHS[self.surface])
        self.page.get_by_label(NAME[self.language]).fill(username)
        self.page.get_by_label(PASSWORD[self.language]).fill(make.PASSWORD)
        self.page.get_by_role("button", name=SIGN_IN[self.language], exact=True).click()
        expect(self.page.get_by_label(PASSWORD[self.language])).to_have_count(0)

    def go(self, where: str) -> None:
        """Open a place of the surface by its address."""
        self.page.goto(f"{self.base}{PATHS[self.surface]}#/{where}")
        self.settle()

    def settle(self) -> None:
        """Wait until something stands there and nothing of it is still being loaded."""
        expect(self.page.get_by_role("heading", level=1, include_hidden=True)).not_to_have_count(0)
        expect(self.page.locator("[aria-busy='true']")).to_have_count(0)

    def overflow(self) -> str | None:
        """What makes the page wider than its window, and by how much."""
        told = self.page.evaluate(
            """() => {
              const wide = document.documentElement.clientWidth
              const over = document.documentElement.scrollWidth - wide
              if (over <= 0) return null
              const all = [...document.querySelectorAll('body *')]
              const right = (one) => one.getBoundingClientRect().right
              const widest = all.filter((one) => right(one) >= wide + over - 1).at(-1)
              return `${over} px too wide: ${widest?.outerHTML.slice(0, 200)}`
            }"""
        )
        return None if told is None else str(told)


@contextmanager
def open_window(
    browser: Browser,
    *,
    base: str,
    surface: str,
    language: str = "en",
    theme: str = "light",
    size: tuple[int, int] | None = None,
    welcomed: bool = True,
    workers: bool = False,
    density: int = 1,
) -> Iterator[Window]:
    """
    A window on a surface, at the present of the test.

    Closing it fails the test if the page broke, or if its security policy had to stop anything.
    """
    width, height = size or SIZES[surface]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=density,
        locale={"ko": "ko-KR", "en": "en-GB", "zh-Hans": "zh-CN"}[language],
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
        service_workers="allow" if workers else "block",
    )
    context.clock.install(time=datetime.now(UTC))
    kept = f"localStorage.setItem('campus.language', '{language}');"
    if welcomed:
        kept += "localStorage.setItem('campus.welcomed', '1');"
    # Between two visits of a page there is a blank one, which has no storage.
    context.add_init_script(f"if (location.protocol !== 'about:') {{ {kept} }}")
    context.route("**/*", _only(base))
    page = context.new_page()
    window = Window(page=page, context=context, base=base, surface=surface, language=language)
    page.on("console", lambda message: _listen(window, message))
    page.on("pageerror", lambda error: window.complaints.append(str(error)))
    yield window
    context.close()
    assert window.complaints == [], window.complaints


def _only(base: str) -> object:
    """A surface speaks to its own campus and to nobody else."""

    def check(route: Route) -> None:
        assert route.request.url.startswith((base, "data:", "blob:")), route.request.url
        route.fallback()

    return check


def _listen(window: Window, message: ConsoleMessage) -> None:
    said = message.text
    if message.type == "error" and not any(words in said for words in EXPECTED):
        window.complaints.append(said)


def violations(window: Window, axe: str, tags: Sequence[str]) -> list[str]:
    """What axe finds against WCAG on the page as it stands, one line a finding."""
    window.page.evaluate(f"{axe}; 0")
    found = window.page.evaluate("tags => axe.run(document, {runOnly: tags})", list(tags))
    return [
        f"{rule['id']}: {node['html'][:160]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def the_day_stands(page: Page) -> None:
    """Wait until a till shows its day: nothing that it asked for is still on its way."""
    expect(page.get_by_role("heading", name="Today", exact=True)).to_be_visible(timeout=15_000)


def kept_scans(page: Page) -> list[dict[str, str]]:
    """The codes that a till keeps in its own database until their answers come."""
    found: list[dict[str, str]] = page.evaluate(
        """() => new Promise((resolve, reject) => {
          const opened = indexedDB.open('campus.counter', 1)
          opened.onerror = () => reject(opened.error)
          opened.onsuccess = () => {
            const scans = opened.result.transaction('scans').objectStore('scans').getAll()
            scans.onsuccess = () => resolve(scans.result)
          }
        })"""
    )
    return found
