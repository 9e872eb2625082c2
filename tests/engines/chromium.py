"""A real Chromium for tests: the system's, or one that Playwright has downloaded before."""

import shutil
from pathlib import Path

from tests.engines.servers import EngineMissing

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
APPLICATIONS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
CACHES = (Path.home() / ".cache/ms-playwright", Path.home() / "Library/Caches/ms-playwright")
MISSING = "Chromium is not installed: apt install chromium"


def executable() -> Path:
    """
    The browser's program.

    :raises EngineMissing: if there is none
    """
    on_path = (Path(found) for name in NAMES if (found := shutil.which(name)))
    downloaded = (path for cache in CACHES for path in cache.glob("chromium-*/chrome-*/chrome"))
    for path in (*on_path, *APPLICATIONS, *downloaded):
        if path.exists():
            return path
    raise EngineMissing(MISSING)
