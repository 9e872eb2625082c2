"""What this room hands to others: frozen, and free of tables."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class TipFact:
    """A tip in the reader's language; `worth_*` are what following it would bring in a week."""

    uid: str
    rule: str
    day: date
    state: str
    title: str
    evidence: str
    action: str
    worth_wh: int
    worth_minor: int | None
    worth_co2_g: int | None
