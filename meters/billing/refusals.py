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
