"""Why terms or money cannot be set; each named for what happened."""

from django.utils.translation import gettext_lazy as _

from campus.errors import CampusError


class BudgetStandsAlready(CampusError):
    """Another budget begins on that day."""

    code, status = "budget_stands_already", 409
    detail = _("A budget begins on that day already.")


class TermsStandAlready(CampusError):
    """Other terms of the rule begin on that day."""

    code, status = "terms_stand_already", 409
    detail = _("Other terms begin on that day already. Choose another day.")


class TermsTooEarly(CampusError):
    """Terms are said before anybody earns by them. Facts: day (the first that is possible)."""

    code, status = "terms_too_early", 409
    detail = _("New terms are said before they hold: from %(day)s at the earliest.")
