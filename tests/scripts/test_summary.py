"""`./test` closes with one line that people and programs read alike."""

from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def summary(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import summary

    return summary


def test_the_last_line_counts_everything(
    summary: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    outcomes = [
        summary.Outcome("style", 1.0, passed=1),
        summary.Outcome("tests", 2.0, passed=40, skipped=3, reasons={"no Chromium": 3}),
    ]
    assert summary.close(outcomes, seconds=3.0) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "41 passed, 0 failed, 3 skipped"
    assert "skipped 3 x: no Chromium" in lines


def test_one_failure_fails_the_whole(
    summary: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    outcomes = [summary.Outcome("style", 1.0, failed=1), summary.Outcome("tests", 2.0, passed=40)]
    assert summary.close(outcomes, seconds=3.0) == 1
    assert capsys.readouterr().out.endswith("\n40 passed, 1 failed, 0 skipped\n")
