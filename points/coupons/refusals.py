"""Why a coupon cannot be bought, used, undone or given back; each named for what happened."""

from django.utils.translation import gettext_lazy as _

from campus.errors import CampusError


class OfferClosed(CampusError):
    """The offer is not on sale at this moment."""

    code, status, detail = "offer_closed", 409, _("This is not on offer now.")


class SoldOut(CampusError):
    """The stock of the offer is used up."""

    code, status, detail = "sold_out", 409, _("This is sold out.")


class LimitReached(CampusError):
    """The student holds as many of this offer as one person may. Facts: limit."""

    code, status = "limit_reached", 409
    detail = _("Each person may have %(limit)s of this.")


class CannotBeShown(CampusError):
    """The master key of the coupon is not at hand."""

    code, status = "coupon_key_missing", 503
    detail = _("The code of this coupon cannot be made now. The coupon is safe.")


class NotReadable(CampusError):
    """Unknown, foreign, forged, out of date or no code at all: the answer is the same."""

    code, status = "not_readable", 422
    detail = _("This code cannot be read. Ask for the code as the phone shows it now.")


class WrongCafe(CampusError):
    """A genuine code of another café."""

    code, status, detail = "wrong_cafe", 409, _("This coupon is for another café.")


class CouponExpired(CampusError):
    """Its last day is over. Facts: on."""

    code, status, detail = "coupon_expired", 409, _("This coupon expired on %(on)s.")


class CouponCancelled(CampusError):
    """It was given back for its points."""

    code, status, detail = "coupon_cancelled", 409, _("This coupon was given back.")


class AlreadyRedeemed(CampusError):
    """It was used before. Facts: time (local), at (instant), here (at this till: true or false)."""

    code, status, detail = "already_redeemed", 409, _("Already used at %(time)s.")


class UndoTooLate(CampusError):
    """The time in which the same till may undo a use is over. Facts: seconds."""

    code, status = "undo_too_late", 409
    detail = _("A use can be undone for %(seconds)s seconds.")


class AlreadyUndone(CampusError):
    """The use was undone before."""

    code, status, detail = "already_undone", 409, _("This has been undone already.")


class NotRefundable(CampusError):
    """Only an unused coupon that has not expired can be given back."""

    code, status = "not_refundable", 409
    detail = _("Only an unused coupon can be given back.")
