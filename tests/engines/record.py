"""What a walk through the tests came to, for the closing table of `./test`."""

import json
from collections import Counter
from pathlib import Path

import pytest


class Record:
    """A pytest plugin of the first process that writes its counts to a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._counts: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a test once: by its call, or by what kept it from being called."""
        if report.failed:
            self._counts["failed"] += 1
        elif report.skipped:
            self._counts["skipped"] += 1
            self._reasons[_reason(report)] += 1
        elif report.when == "call":
            self._counts["passed"] += 1

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file that cannot be read is a failure."""
        if report.failed:
            self._counts["failed"] += 1

    def pytest_sessionfinish(self) -> None:
        """Write the counts."""
        counts = {name: self._counts[name] for name in ("passed", "failed", "skipped")}
        self._path.write_text(json.dumps(counts | {"reasons": dict(self._reasons)}))


def _reason(report: pytest.TestReport) -> str:
    if hasattr(report, "wasxfail"):
        return f"expected to fail: {report.wasxfail}"
    if isinstance(report.longrepr, tuple):
        return report.longrepr[2].removeprefix("Skipped: ")
    return str(report.longrepr)
