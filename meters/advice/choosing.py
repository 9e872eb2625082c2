"""Which of the findings is said, remembering what was said before. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from meters.advice.rules import Finding

OPEN, DONE, DISMISSED = "OPEN", "DONE", "DISMISSED"
# For so long a rule is silent after it was told, tried, or found to be no help.
SILENT = {OPEN: timedelta(days=14), DONE: timedelta(days=28), DISMISSED: timedelta(days=120)}


@dataclass(frozen=True, slots=True)
class Said:
    """A tip that somebody had before."""

    rule: str
    day: date
    state: str


def choose(
    findings: Mapping[str, Finding], *, said: Sequence[Said], day: date
) -> tuple[str, Finding] | None:
    """
    The finding that is worth most among those that are not silent; None on a day that had its tip.

    Moved energy counts a tenth of saved one: it saves nothing itself.
    """
    if any(one.day >= day for one in said):
        return None
    silent = {one.rule for one in said if day < one.day + SILENT[one.state]}
    left = [(name, found) for name, found in findings.items() if name not in silent]
    return max(left, key=lambda one: (_weight(one[1]), one[0]), default=None)


def _weight(finding: Finding) -> int:
    return finding.worth_wh + finding.moved_wh // 10
