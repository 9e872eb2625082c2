"""Try the faults of a module: `python -m tests.mutants points/ledger/operations/posting.py`."""

import importlib
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from mutmut import Context, list_mutations, mutate

from tests.mutants.grafting import graft
from tests.mutants.targets import TARGETS

KILLED, SURVIVED = 0, 1
PATIENCE_SECONDS = 60


@dataclass(slots=True)
class Fault:
    """One small change of a module."""

    source: str
    told: str


def faults(path: str) -> Iterator[Fault]:
    """Every fault that mutmut thinks of."""
    source = Path(path).read_text()
    for each in list_mutations(Context(source=source, filename=path)):
        mutant, _count = mutate(Context(source=source, filename=path, mutation_id=each))
        lines = unified_diff(source.splitlines(), mutant.splitlines(), lineterm="", n=0)
        yield Fault(mutant, "\n".join(line for line in lines if line[:3] not in {"---", "+++"}))


@dataclass
class Trials:
    """A plugin that runs the collected tests once as they are, then once for each fault."""

    path: str
    survivors: list[Fault] = field(default_factory=list)
    tried: int = 0

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if not _all_pass(session.items):
            sys.exit("The tests fail without any fault.")
        module = importlib.import_module(self.path.removesuffix(".py").replace("/", "."))
        if _forked(session.items, module, Fault(Path(self.path).read_text(), "none")) != SURVIVED:
            sys.exit("The tests fail when the module is only put in its own place.")
        for fault in faults(self.path):
            self.tried += 1
            if _forked(session.items, module, fault) == SURVIVED:
                self.survivors.append(fault)
                sys.stderr.write(f"SURVIVED\n{fault.told}\n")
        return True


def _forked(items: Sequence[pytest.Item], module: Any, fault: Fault) -> int:
    """Run the tests with a fault, in a process that inherits everything but the database."""
    _close_database()
    child = os.fork()
    if child == 0:
        signal.alarm(PATIENCE_SECONDS)  # a fault that never ends is seen too
        _silence()
        try:
            graft(module, fault.source)
            os._exit(SURVIVED if _all_pass(items) else KILLED)
        except BaseException:
            os._exit(KILLED)
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else KILLED


def _all_pass(items: Sequence[pytest.Item]) -> bool:
    # Fixtures of the session live on: the first test is always said to come next.
    return all(
        _passes(item, following) for item, following in zip(items, _after(items), strict=True)
    )


def _after(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    return [*items[1:], items[0]]


def _passes(item: pytest.Item, following: pytest.Item) -> bool:
    from _pytest.runner import runtestprotocol

    reports = runtestprotocol(item, log=False, nextitem=following)
    return not any(report.failed for report in reports)


def _close_database() -> None:
    from django.db import connections

    connections.close_all()


def _silence() -> None:
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)


def main(paths: Sequence[str]) -> None:
    """Try each module, those named or all of them, each in a process of its own."""
    for path in paths or TARGETS:
        child = os.fork()
        if child == 0:
            _try(path)
        os.waitpid(child, 0)


def _try(path: str) -> None:
    trials, began = Trials(path), time.monotonic()
    words = ["-q", "-n0", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:logging"]
    code = pytest.main([*words, "--no-header", "--tb=no", *TARGETS[path]], plugins=[trials])
    killed = trials.tried - len(trials.survivors)
    took = time.monotonic() - began
    sys.stdout.write(f"{path}: {killed} of {trials.tried} killed in {took:.0f} s\n")
    sys.stdout.flush()
    os._exit(int(code))


if __name__ == "__main__":
    main(sys.argv[1:])
