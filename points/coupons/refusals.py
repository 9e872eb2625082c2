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


class BudgetSpent(CampusError):
    """The money of the campaign is used up."""

    code, status = "budget_spent", 409
    detail = _("The money set aside for this is used up.")


class BlackedOut(CampusError):
    """It cannot be used at this hour. Facts: until (local)."""

    code, status = "blackout", 409
    detail = _("This coupon can be used again from %(until)s.")


class NotGivable(CampusError):
    """Only an unused coupon that has not expired can be given away."""

    code, status = "not_givable", 409
    detail = _("Only an unused coupon can be given away.")


class RoomMateLimit(CampusError):
    """The room-mate holds as many of this offer as one person may. Facts: limit."""

    code, status = "room_mate_limit", 409
    detail = _("Each person may have %(limit)s of this, and your room-mate has them.")


class VoidTooLate(CampusError):
    """The time in which the same till may take a use back is over. Facts: minutes."""

    code, status = "void_too_late", 409
    detail = _("This till can take a use back for %(minutes)s minutes. Later, ask a manager.")


class PinNotSet(CampusError):
    """The till has no PIN yet."""

    code, status = "pin_not_set", 409
    detail = _("This till has no PIN yet. Ask a manager.")


class PinTooWeak(CampusError):
    """A PIN of a wrong length or of one digit only. Facts: least, most."""

    code, status = "pin_too_weak", 422
    detail = _("A PIN has %(least)s to %(most)s digits, not all the same.")


class TillRetired(CampusError):
    """The device was ended."""

    code, status = "till_retired", 409
    detail = _("This till was retired. Register it anew.")


class UsernameTaken(CampusError):
    """Somebody signs in by that name."""

    code, status, detail = "username_taken", 409, _("This sign-in name is taken.")


class PasswordTooWeak(CampusError):
    """The password of a device is short or well known."""

    code, status = "password_too_weak", 422
    detail = _("This password is too easy to guess.")


class WrongPin(CampusError):
    """Another PIN. Facts: left (tries)."""

    code, status, detail = "wrong_pin", 403, _("Wrong PIN. Tries left: %(left)s.")


class PinLocked(CampusError):
    """Too many wrong PINs in a row. Facts: minutes."""

    code, status = "pin_locked", 429
    detail = _("Too many wrong PINs. Wait %(minutes)s minutes, or ask a manager.")


class ForeignCampaign(CampusError):
    """The campaign belongs to another campus than the café."""

    code, status = "foreign_campaign", 409
    detail = _("This campaign is for another campus.")


class ClosesTooEarly(CampusError):
    """It would close before it opens."""

    code, status = "closes_too_early", 422
    detail = _("It must close after it opens.")


class CampaignBound(CampusError):
    """What was bought out of a campaign is more than it would hold. Facts: least (minor units)."""

    code, status = "campaign_bound", 409
    detail = _("Coupons already bought bind more of this money than that.")


class DearerThanBudget(CampusError):
    """A point would cost more at the counter than the budget set aside for it. Facts: least."""

    code, status = "dearer_than_budget", 409
    detail = _(
        "The budget sets aside less for each point than this offer costs. Ask for at least "
        "%(least)s points, or set more aside first."
    )


class OffersDearer(CampusError):
    """What is on sale costs more a point than a budget would set aside. Facts: offers."""

    code, status = "offers_dearer", 409
    detail = _(
        "These offers cost more for each point than this budget sets aside: %(offers)s. "
        "Change them first."
    )


class BudgetInThePast(CampusError):
    """A budget begins today at the earliest: what was issued was issued."""

    code, status = "budget_in_the_past", 409
    detail = _("A budget begins today at the earliest.")


class PeriodNotOver(CampusError):
    """A period can be closed only when its last day is over. Facts: day (the first one after)."""

    code, status = "period_not_over", 409
    detail = _("This period can be closed from %(day)s.")


class NothingToClose(CampusError):
    """Nothing was used or taken back since the last statement."""

    code, status, detail = "nothing_to_close", 409, _("There is nothing to settle.")


class PartiesMissing(CampusError):
    """A statement needs the names and tax numbers of seller and buyer."""

    code, status = "parties_missing", 409
    detail = _("Enter the legal names and tax numbers of the café and the campus first.")


class AlreadyPaid(CampusError):
    """That the statement was paid is noted already."""

    code, status, detail = "already_paid", 409, _("This statement is paid already.")


class StatementChanged(CampusError):
    """What the database holds is not what was closed: the hash differs."""

    code, status = "statement_changed", 409
    detail = _("This statement is not as it was closed. Nothing is handed out.")
