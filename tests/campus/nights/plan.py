"""A short plan for tests: two steps that remember when they ran, and can be told to break."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from celery import shared_task

AT = datetime(2026, 3, 3, tzinfo=UTC)
DAY = date(2026, 3, 2)
PLAN = ["tests.first", "tests.second"]


class LightsOut(Exception):
    """What a broken step raises."""


@dataclass
class Night:
    """What ran, and what happens to a step when it runs."""

    ran: list[tuple[str, str]] = field(default_factory=list)
    during: dict[str, Callable[[], object]] = field(default_factory=dict)

    def names(self) -> list[str]:
        return [name for name, _day in self.ran]

    def breaks(self, name: str, fault: Exception | None = None) -> None:
        def out() -> None:
            raise fault or LightsOut

        self.during[name] = out

    def clear(self) -> None:
        self.ran.clear()
        self.during.clear()


night = Night()


def _work(name: str, day: str) -> None:
    night.during.get(name, lambda: None)()
    night.ran.append((name, day))


@shared_task(name="tests.first")
def first(*, campus_id: int, day: str, at: str, run_id: int) -> None:
    _work("first", day)


@shared_task(name="tests.second")
def second(*, campus_id: int, day: str, at: str, run_id: int) -> None:
    _work("second", day)
