"""The closing table of `./test`: what ran, how long it took, and why anything was skipped."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check or one walk through the tests came to."""

    title: str
    seconds: float
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    reasons: dict[str, int] = field(default_factory=dict)


def close(outcomes: Sequence[Outcome], *, seconds: float) -> int:
    """Print the table, how long it took in all, and the closing line; 0 if nothing failed."""
    print()
    for outcome in outcomes:
        verdict = "FAILED" if outcome.failed else "passed" if outcome.passed else "skipped"
        print(f"{verdict:8}{outcome.title:26}{outcome.seconds:7.1f} s   {_counts(outcome)}")
    for reason, times in _reasons(outcomes).items():
        print(f"skipped {times} x: {reason}")
    total = Outcome(
        title="all",
        seconds=seconds,
        passed=sum(outcome.passed for outcome in outcomes),
        failed=sum(outcome.failed for outcome in outcomes),
        skipped=sum(outcome.skipped for outcome in outcomes),
    )
    print(f"\n{'':8}{'all together':26}{total.seconds:7.1f} s")
    print(f"{total.passed} passed, {total.failed} failed, {total.skipped} skipped", flush=True)
    return 1 if total.failed else 0


def _counts(outcome: Outcome) -> str:
    many = outcome.passed + outcome.failed + outcome.skipped > 1
    if not many:
        return ""
    return f"{outcome.passed} passed, {outcome.failed} failed, {outcome.skipped} skipped"


def _reasons(outcomes: Sequence[Outcome]) -> Counter[str]:
    total: Counter[str] = Counter()
    for outcome in outcomes:
        total.update(outcome.reasons)
    return total
