"""What the billing room refuses."""

from django.utils.translation import gettext_lazy as _

from campus.errors import CampusError


class TariffRefused(CampusError):
    """The document cannot be priced; `faults` name each place, a stable code and the reason."""

    code, status = "tariff_refused", 422
    detail = _("This tariff cannot be priced as it is written.")


class UseNotPriceable(CampusError):
    """The use does not fit the tariff, such as a total where use by period is needed."""

    code, status = "use_not_priceable", 422
    detail = _("This use cannot be priced by this tariff.")


class NoTariff(CampusError):
    """No tariff is in force on a day that has to be priced."""

    code, status = "no_tariff", 409
    detail = _("No tariff is in force on %(day)s.")


class AdjustmentDecided(CampusError):
    """Somebody posted or declined it before, or newer readings replaced it."""

    code, status = "adjustment_decided", 409
    detail = _("This adjustment no longer waits. Look at the list again.")


class AlreadyObjected(CampusError):
    """An earlier objection to this day's bill waits for its answer."""

    code, status = "already_objected", 409
    detail = _("You have said already that this bill is wrong. An answer is on its way.")


class AlreadyAnswered(CampusError):
    """Somebody answered this objection before."""

    code, status = "already_answered", 409
    detail = _("This objection has been answered already.")


class BalanceNotPossible(CampusError):
    """A balance says nothing, or of a time that is yet to come."""

    code, status = "balance_not_possible", 422
    detail = _("A balance needs an amount and the time, not in the future, when it was read.")


class NothingToTry(CampusError):
    """No room of the residence has a whole cycle that was billed."""

    code, status = "nothing_to_try", 409
    detail = _("No cycle of this residence is billed completely yet, so there is nothing to try.")
