"""Why a whole batch is refused; what one action breaks is told beside it as a code."""

from django.utils.translation import gettext_lazy as _

from campus.errors import CampusError


class RulesChanged(CampusError):
    """The client was built for another version of the rules. Facts: version."""

    code, status = "rules_changed", 409
    detail = _("The game was updated. Please load it anew.")


class IdReused(CampusError):
    """An action id came before with another wish. Facts: id."""

    code, status = "id_reused", 409
    detail = _("This action was already sent with another content.")


class TooMuch(CampusError):
    """The body of the request is larger than any batch can be."""

    code, status = "too_large", 413
    detail = _("Too many actions were sent at once.")
