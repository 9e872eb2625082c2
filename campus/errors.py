"""Errors are classes named for what happened; each knows its code, its status and its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and where: a path into a document, a field, or a physical line."""

    where: str
    code: str
    message: Words


class CampusError(Exception):
    """A refusal that a person can act on. `facts` fill the words of `detail`."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400
    detail: ClassVar[Words] = _("This could not be done.")

    def __init__(self, *, faults: Sequence[Fault] = (), **facts: object) -> None:
        self.faults = tuple(faults)
        self.facts: Mapping[str, object] = facts
        super().__init__(self.code, facts)

    def words(self) -> str:
        """What happened, in the language that is active now."""
        return str(self.detail) % self.facts if self.facts else str(self.detail)


class NotFound(CampusError):
    """It does not exist, or the asker may not know that it does."""

    code, status, detail = "not_found", 404, _("There is nothing here.")
