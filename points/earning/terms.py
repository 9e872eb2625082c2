"""Dated parameters as the frozen terms of a rule. Pure."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from campus.errors import CampusError, Fault

Terms = TypeVar("Terms")


class TermsRefused(CampusError):
    """Parameters that a rule does not know, or that are no whole numbers from 0 up."""

    code, status = "terms_refused", 422
    detail = _("These terms cannot be used.")


def read(parameters: Mapping[str, Any], *, shape: type[Terms]) -> Terms:
    """
    The terms of a rule; what a parameter set leaves out keeps its default.

    :raises TermsRefused: naming each parameter that is unknown or no whole number from 0 up
    """
    known = {field.name for field in fields(shape)}  # type: ignore[arg-type]
    faults = [
        Fault(name, "unknown", _("This rule has no such parameter."))
        for name in parameters
        if name not in known
    ]
    faults += [
        Fault(name, "not_whole", _("A whole number from 0 up is needed."))
        for name, value in parameters.items()
        if isinstance(value, bool) or not isinstance(value, int) or value < 0
    ]
    if faults:
        raise TermsRefused(faults=faults)
    return shape(**parameters)
