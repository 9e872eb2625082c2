"""Time comes in as an argument: only the edge of the system looks at the clock."""

import re
from collections.abc import Iterator

from tests.architecture.sources import Module, calls, module, place, product

READS_CAMPUS_CLOCK = re.compile(r"^(?:clock\.)?(?:now|today)$")
READS_ANY_CLOCK = re.compile(
    r"(?:^|\.)(?:datetime|date|timezone)\.(?:now|utcnow|today|localdate)$|^time\.time$"
)
EDGES = (
    "api", "asker", "tasks", "commands", "admin", "scheduler",
    "bridge",
)  # fmt: skip


def campus_clock_reads(source: Module) -> Iterator[str]:
    """Where the module asks `campus.clock` for the present."""
    for name, line in calls(source):
        if READS_CAMPUS_CLOCK.search(name):
            yield place(source, line, name)


def other_clock_reads(source: Module) -> Iterator[str]:
    """Where the module asks any other clock."""
    for name, line in calls(source):
        if READS_ANY_CLOCK.search(name):
            yield place(source, line, name)


def test_only_the_edge_asks_for_the_present() -> None:
    inside = [source for source in product() if not source.has_role(*EDGES, "clock")]
    assert [found for source in inside for found in campus_clock_reads(source)] == []


def test_there_is_one_clock() -> None:
    others = [source for source in product() if source.name != "campus.clock"]
    assert [found for source in others for found in other_clock_reads(source)] == []


def test_a_planted_look_at_the_clock_is_found() -> None:
    planted = module("meters.savings.away", "clock.now()\ndatetime.now(UTC)\ndate.today()\n")
    assert len(list(campus_clock_reads(planted))) == 1
    assert len(list(other_clock_reads(planted))) == 2
