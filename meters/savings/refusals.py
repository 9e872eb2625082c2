"""What a manager's wish about savings may be refused for."""

from django.utils.translation import gettext_lazy as _

from campus.errors import CampusError


class TermHasBegun(CampusError):
    """Comparison rooms are drawn before a term."""

    code, status = "term_has_begun", 409
    detail = _("The term began on %(starts_on)s. Comparison rooms are drawn before a term begins.")


class AlreadyDrawn(CampusError):
    """A second draw would let somebody choose."""

    code, status = "already_drawn", 409
    detail = _("The lottery of this term was drawn on %(drawn_on)s and cannot be drawn again.")


class EverybodyEnrolled(CampusError):
    """Nobody is left to compare with."""

    code, status = "everybody_enrolled", 422
    detail = _(
        "%(comparison)d comparison rooms are too few: without at least %(least)d rooms that nobody "
        "asks to save, a saving cannot be told from the weather, a holiday or an exam week, and "
        "where new people move in there is no history either. Such a term cannot be credited."
    )


class TooManyComparison(CampusError):
    """More than half of the rooms would be left out of the programme."""

    code, status = "too_many_comparison", 422
    detail = _("At most %(most)d of the %(rooms)d rooms can be comparison rooms.")


class TooLittleMeasured(CampusError):
    """A trial on own readings needs half a year and more from before the first term."""

    code, status = "too_little_measured", 409
    detail = _(
        "There are not enough readings from before the first term to try a lottery on. The table "
        "of public rooms tells what to expect."
    )


class TooFewToTry(CampusError):
    """The rooms that were measured do not suffice for so many comparison rooms."""

    code, status = "too_few_to_try", 422
    detail = _("With the rooms measured, from %(least)d to %(most)d comparison rooms can be tried.")


class TermsTooSoon(CampusError):
    """Terms are announced before they hold."""

    code, status = "saving_terms_too_soon", 422
    detail = _("New terms can hold for terms that begin on %(earliest)s or later.")


class WarningInvalid(CampusError):
    """The days of a warning cannot be."""

    code, status = "warning_invalid", 422
    detail = _("A warning lasts from one to %(most)d days and is told once.")


class NothingSettled(CampusError):
    """There is no settled term to rehearse."""

    code, status = "nothing_settled", 409
    detail = _("Nothing of this term was settled yet, so there is nothing to rehearse.")


class RehearsalRunning(CampusError):
    """One rehearsal of a campus at a time."""

    code, status = "rehearsal_running", 409
    detail = _("Another rehearsal is still being worked out. Look again in a minute.")
