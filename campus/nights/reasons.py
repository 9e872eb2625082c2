"""Why a step failed, short enough for a manager: a code to keep, and words in any language."""

from collections.abc import Iterator, Mapping

from django.db import DatabaseError
from django.utils.translation import gettext as _

from campus.errors import CampusError

FAULT, DATABASE = "fault", "database"
Facts = Mapping[str, object]


def of(fault: Exception) -> tuple[str, Facts]:
    """The code of a fault, and what fills its words."""
    if isinstance(fault, CampusError):
        return fault.code, {name: _plain(value) for name, value in fault.facts.items()}
    return DATABASE if isinstance(fault, DatabaseError) else FAULT, {}


def words(*, code: str, facts: Facts) -> str:
    """A reason in the active language. Faults of ours are told as such, and nothing more."""
    if code == DATABASE:
        return _("The database did not answer as it should. The night is tried again by itself.")
    for refusal in _refusals(CampusError):
        if refusal.code == code:
            return _filled(refusal, facts)
    return _("Something went wrong on our side; the log of the server tells what.")


def _filled(refusal: type[CampusError], facts: Facts) -> str:
    told = refusal()
    told.facts = facts
    return told.words()


def _refusals(above: type[CampusError]) -> Iterator[type[CampusError]]:
    for refusal in above.__subclasses__():
        yield refusal
        yield from _refusals(refusal)


def _plain(value: object) -> object:
    return value if isinstance(value, int | str) else str(value)
