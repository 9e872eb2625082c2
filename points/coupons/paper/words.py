"""Words that the sheet and the print share."""

from django.utils.translation import gettext as _


def kind_of(kind: str) -> str:
    """What a kind of line is called, in the active language."""
    return {"USE": _("Use"), "VOID": _("Use taken back")}[kind]
