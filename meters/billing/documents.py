"""Reads a JSON document place by place and collects what is wrong with it, each with its path."""

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from campus.errors import Fault, Words

NOTES = frozenset({"note", "notes", "comment", "label", "name", "source", "sources"})


def as_number(text: str) -> Fraction | None:
    """The exact value of a decimal numeral; None when it is none, or not finite."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return Fraction(value) if value.is_finite() and abs(value.adjusted()) < 100 else None


@dataclass(frozen=True, slots=True)
class Node:
    """One place in a document. Reading a wrong value notes a fault and yields a harmless one."""

    value: object
    path: str = ""
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, code: str, message: Words, **facts: object) -> None:
        """
        Note that this place cannot be used; its path, `code` and `message` reach the author.
        `facts` fill the words of the message, in the language that is active now.
        """
        words = str(message) % facts if facts else message
        self.faults.append(Fault(self.path or "document", code, words))

    def __contains__(self, key: str) -> bool:
        return isinstance(self.value, Mapping) and key in self.value

    def at(self, key: str) -> "Node":
        """The place under a key; holds None where the key is absent."""
        value = self.value.get(key) if isinstance(self.value, Mapping) else None
        return Node(value, f"{self.path}.{key}".lstrip("."), self.faults)

    def names(self) -> list[str]:
        """The keys of an object; refuses anything else."""
        if isinstance(self.value, Mapping):
            return [str(key) for key in self.value]
        self.refuse("object_expected", _("an object is needed here"))
        return []

    def items(self) -> Iterator["Node"]:
        """The members of a list; refuses anything else."""
        if not isinstance(self.value, list):
            self.refuse("list_expected", _("a list is needed here"))
            return
        for index, value in enumerate(self.value):
            yield Node(value, f"{self.path}[{index}]", self.faults)

    def text(self) -> str:
        """A string that is not empty."""
        if isinstance(self.value, str) and self.value:
            return self.value
        self.refuse("text_expected", _("a text is needed here"))
        return ""

    def number(self, *, least: Fraction | None = None) -> Fraction:
        """A decimal written as a string, because a JSON number may be rounded on its way."""
        number = as_number(self.value) if isinstance(self.value, str) else None
        if number is None:
            self.refuse("number_expected", _("a decimal number written as a string is needed here"))
            return least or Fraction(0)
        if least is not None and number < least:
            self.refuse(
                "number_too_small", _("this must be at least %(least)s"), least=f"{float(least):g}"
            )
        return number

    def whole(self, *, least: int, most: int) -> int:
        """A JSON integer between `least` and `most`."""
        if type(self.value) is int and least <= self.value <= most:
            return self.value
        message = _("a whole number from %(least)s to %(most)s is needed here")
        self.refuse("whole_number_expected", message, least=least, most=most)
        return least

    def choice(self, allowed: Collection[str], *, default: str | None = None) -> str:
        """One of the allowed words."""
        if self.value is None and default is not None:
            return default
        if isinstance(self.value, str) and self.value in allowed:
            return self.value
        words = ", ".join(sorted(allowed))
        self.refuse("unknown_choice", _("one of %(words)s is needed here"), words=words)
        return default if default is not None else next(iter(allowed), "")

    def day(self) -> date:
        """A calendar day, YYYY-MM-DD."""
        try:
            return date.fromisoformat(self.value) if isinstance(self.value, str) else self._no_day()
        except ValueError:
            return self._no_day()

    def _no_day(self) -> date:
        self.refuse("day_expected", _("a day written YYYY-MM-DD is needed here"))
        return date.min

    def only(self, known: Collection[str]) -> None:
        """Refuse keys that would be left unpriced: everything unknown that is not plain prose."""
        for key in self.names():
            if key not in known and key not in NOTES and not self._is_prose(key, known):
                self.at(key).refuse(
                    "unknown_key", _("nothing here knows what %(key)s means"), key=key
                )

    def _is_prose(self, key: str, known: Collection[str]) -> bool:
        value = self.at(key).value
        misspelt = difflib.get_close_matches(key.casefold(), known, cutoff=0.75)
        return isinstance(value, str) and as_number(value) is None and not misspelt
