"""Dated parameters as the frozen terms of a rule. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campus.errors import CampusError, Fault, Words

Terms = TypeVar("Terms")
MOST = 1_000_000  # so that no product of terms and energy leaves 64 bits
_ABOUT = "parameter"


@dataclass(frozen=True, slots=True)
class Parameter:
    """What staff may tune of a rule: a whole number of a range, and what it is called."""

    title: Words
    least: int
    most: int


def parameter(default: int, title: Words, *, least: int = 0, most: int = MOST) -> Any:
    """A field of a rule's terms."""
    return field(default=default, metadata={_ABOUT: Parameter(title, least, most)})


def parameters_of(shape: type[Any]) -> dict[str, Parameter]:
    """The parameters of a rule's terms by their names, in their order."""
    return {
        each.name: each.metadata.get(_ABOUT) or Parameter(_in_words(each.name), 0, MOST)
        for each in fields(shape)
    }


def _in_words(name: str) -> str:
    return name.replace("_", " ").capitalize()


class TermsRefused(CampusError):
    """Parameters that a rule does not know, or that are no whole numbers of their range."""

    code, status = "terms_refused", 422
    detail = _("These terms cannot be used.")


def read(parameters: Mapping[str, Any], *, shape: type[Terms]) -> Terms:
    """
    The terms of a rule; what a parameter set leaves out keeps its default.

    :raises TermsRefused: naming each parameter that is unknown or no whole number in its range
    """
    known = parameters_of(shape)
    faults = [fault for name, value in parameters.items() if (fault := _fault(name, value, known))]
    if faults:
        raise TermsRefused(faults=faults)
    return shape(**parameters)


def _fault(name: str, value: object, known: Mapping[str, Parameter]) -> Fault | None:
    if name not in known:
        return Fault(name, "unknown", _("This rule has no such parameter."))
    least, most = known[name].least, known[name].most
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
        return None
    words = _("A whole number from {least} to {most} is needed.")
    return Fault(name, "not_whole", format_lazy(words, least=least, most=most))
