"""Why the book refuses, each named for what happened."""

from django.utils.translation import gettext_lazy as _

from campus.errors import CampusError


class NotEnough(CampusError):
    """The wallet holds less than is asked of it. Facts: asset, missing."""

    code, status = "not_enough", 409
    detail = _("%(missing)s more are needed.")


class AlreadyPosted(CampusError):
    """This business event stands in the book already. Facts: source."""

    code, status = "already_posted", 409
    detail = _("This has been booked already.")


class AlreadyReversed(CampusError):
    """The entry was reversed before; that happens at most once. Facts: entry."""

    code, status = "already_reversed", 409
    detail = _("This entry has been reversed already.")


class AccountFrozen(CampusError):
    """The wallet may receive but not spend."""

    code, status = "account_frozen", 409
    detail = _("This account is frozen. Please ask the office.")


class BookDoesNotBalance(CampusError):
    """The nightly reconciliation found accounts that break a law. Facts: law, accounts."""

    code, status = "book_does_not_balance", 500
    detail = _("The book does not balance: %(law)s, accounts %(accounts)s.")


class RowsDisagree(CampusError):
    """A set-based posting wrote another number of rows than it was given. Facts: law, rows."""

    code, status = "rows_disagree", 500
    detail = _("A posting wrote other rows than it was given: %(law)s.")


class SealBroken(CampusError):
    """The book is not what was sealed. Facts: law, seal."""

    code, status = "seal_broken", 500
    detail = _("Seal %(seal)s does not fit the book: %(law)s.")
