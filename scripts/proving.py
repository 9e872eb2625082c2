"""`./test`: style, directions of imports, types, the screens, then every test on both databases."""

import argparse
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import node
import summary
import wheels
from layout import FRONTEND, PYTHON, ROOT, VENV_BIN, child_environment
from serving import prepare
from summary import Outcome

NOTHING_COLLECTED = 5


@dataclass(frozen=True, slots=True)
class Check:
    """One tool that reads the code; it passes or fails as a whole."""

    title: str
    command: tuple[str | Path, ...]
    folder: Path = ROOT


@dataclass(frozen=True, slots=True)
class Pass:
    """One walk through the tests, on one database."""

    title: str
    engine: str
    markers: str


PASSES = (
    Pass(title="tests on SQLite", engine="sqlite", markers="not postgres and not redis"),
    # What does not touch the database, and the browser, need no second walk.
    Pass(title="tests on PostgreSQL", engine="postgresql", markers="not browser"),
)


def prove(arguments: Sequence[str]) -> int:
    """
    Run every check and every test, or with arguments for pytest only the tests they name.

    :raises Complaint: if the preparation fails
    """
    parser = argparse.ArgumentParser(
        prog="./test",
        description="Prove the campus. Anything else goes to pytest, and then only tests run.",
    )
    parser.add_argument("--long", action="store_true", help="also the slow and thorough tests")
    options, chosen = parser.parse_known_args(arguments)
    started = time.monotonic()
    prepare(wheels.DEVELOPMENT)
    installed = node.find()
    environment = child_environment(path_first=installed.folder)
    with tempfile.TemporaryDirectory(prefix="campus-test-") as scratch:
        outcomes = [] if chosen else _read_the_code(installed, environment, Path(scratch))
        extra = [*(["--long"] if options.long else []), *chosen]
        outcomes += [_walk(each, extra, environment, Path(scratch)) for each in PASSES]
    return summary.close(outcomes, seconds=time.monotonic() - started)


def _read_the_code(
    installed: node.Node, environment: dict[str, str], scratch: Path
) -> list[Outcome]:
    """Every check and the tests of the screens, two at a time."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        checks = [pool.submit(_run, check, environment) for check in _checks(installed)]
        screens = pool.submit(_frontend_tests, installed, environment, scratch)
        return [each.result() for each in (*checks, screens)]


def _checks(installed: node.Node) -> Iterator[Check]:
    ruff = VENV_BIN / "ruff"
    yield Check("style", (ruff, "check"))
    yield Check("format", (ruff, "format", "--check"))
    yield Check("directions of imports", (VENV_BIN / "lint-imports", "--no-logo"))
    yield Check("types", (VENV_BIN / "mypy",))
    yield Check("types of the screens", (*installed.npm, "run", "--silent", "check"), FRONTEND)


def _run(check: Check, environment: dict[str, str]) -> Outcome:
    started = time.monotonic()
    failed = _told(check, environment) != 0
    return Outcome(check.title, time.monotonic() - started, passed=not failed, failed=failed)


def _told(check: Check, environment: dict[str, str]) -> int:
    """Run a tool to its end and then print what it said, whole; returns its exit code."""
    done = subprocess.run(
        check.command,
        cwd=check.folder,
        env=environment,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    print(f"\n── {check.title} ──\n{done.stdout.strip()}", flush=True)
    return done.returncode


def _frontend_tests(installed: node.Node, environment: dict[str, str], scratch: Path) -> Outcome:
    title, report = "tests of the screens", scratch / "screens.json"
    started = time.monotonic()
    reporters = ("--reporter=default", "--reporter=json", f"--outputFile.json={report}")
    command = (*installed.npm, "run", "--silent", "test", "--", *reporters)
    code = _told(Check(title, command, FRONTEND), environment)
    seconds = time.monotonic() - started
    if not report.exists():
        return Outcome(title, seconds, failed=1)
    counts = json.loads(report.read_text())
    failed = counts["numFailedTests"] or int(code != 0)
    return Outcome(
        title,
        seconds,
        passed=counts["numPassedTests"],
        failed=failed,
        skipped=counts["numPendingTests"] + counts["numTodoTests"],
    )


def _walk(each: Pass, extra: Sequence[str], environment: dict[str, str], scratch: Path) -> Outcome:
    started = time.monotonic()
    print(f"\n── {each.title} ──", flush=True)
    if each.engine == "postgresql" and (missing := _missing_postgresql(environment)):
        on_ci = bool(os.environ.get("CI"))
        print(missing)
        return Outcome(each.title, 0, failed=on_ci, skipped=not on_ci, reasons={missing: 1})
    record = scratch / f"{each.engine}.json"
    workers = min(4, max(2, os.cpu_count() or 1))
    done = subprocess.run(
        [PYTHON, "-m", "pytest", "-q", "-n", str(workers), "-m", each.markers, *extra],
        cwd=ROOT,
        env=environment | {"CAMPUS_TEST_ENGINE": each.engine, "CAMPUS_TEST_RECORD": str(record)},
        check=False,
    )
    seconds = time.monotonic() - started
    if not record.exists():
        return Outcome(each.title, seconds, failed=1)
    counts = json.loads(record.read_text())
    nothing_here = done.returncode == NOTHING_COLLECTED and bool(extra)
    broken = done.returncode != 0 and not nothing_here
    return Outcome(
        each.title,
        seconds,
        passed=counts["passed"],
        failed=counts["failed"] or int(broken),
        skipped=counts["skipped"],
        reasons=counts["reasons"],
    )


def _missing_postgresql(environment: dict[str, str]) -> str:
    """What to install so that PostgreSQL can be started; nothing if it can."""
    command: list[str | Path] = [PYTHON, "-m", "tests.engines.postgres"]
    asked = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )
    return asked.stdout.strip()
