"""Refused scans in plain words, for cafés and managers. Pure: facts come in."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# What was wrong, in a few words; what is not listed was no code of this campus.
_LABELS = {
    "already_redeemed": gettext_lazy("Already used"),
    "blackout": gettext_lazy("Outside its hours"),
    "coupon_cancelled": gettext_lazy("Given back"),
    "coupon_expired": gettext_lazy("Expired"),
    "not_readable": gettext_lazy("Not readable"),
    "pin_locked": gettext_lazy("PIN locked"),
    "pin_not_set": gettext_lazy("No PIN set"),
    "till_locked": gettext_lazy("Till locked for a minute"),
    "wrong_cafe": gettext_lazy("For another café"),
    "wrong_pin": gettext_lazy("Wrong PIN"),
}
_REASONS = {
    "already_redeemed": gettext_lazy("it had been used at %(time)s already"),
    "blackout": gettext_lazy("it could not be used at that hour"),
    "coupon_cancelled": gettext_lazy("its holder had given it back"),
    "coupon_expired": gettext_lazy("it had expired on %(on)s"),
    "wrong_cafe": gettext_lazy("it is for another café"),
}
_UNKNOWN = gettext_lazy("it was no valid code at that moment")
_ALERTS = {
    "coupon_at_many_tills": gettext_lazy(
        "One coupon was refused %(count)s times at several tills within a day. A picture of it may "
        "be going round."
    ),
    "coupon_again_and_again": gettext_lazy(
        "One coupon was refused %(count)s times at this till within a day."
    ),
    "many_bad_codes": gettext_lazy(
        "%(count)s unreadable codes at this till within an hour. Somebody may be guessing, or the "
        "scanner needs cleaning."
    ),
    "pin_guessing": gettext_lazy("%(count)s wrong PINs at this till within a day."),
    "many_voids": gettext_lazy(
        "%(count)s uses were taken back with the PIN at this till within a day. Ask the café why."
    ),
}


def verdict(code: str) -> str:
    """The label of a refusal."""
    return str(_LABELS.get(code, _LABELS["not_readable"]))


def conflict(*, verdict: str, facts: Mapping[str, str], scanned: datetime) -> str:
    """
    What became of a scan that was kept offline and refused later.

    :param scanned: the local time of the scan
    """
    why = str(_REASONS.get(verdict, _UNKNOWN)) % facts
    said = _("Scanned at %(time)s without a line and refused later: %(why)s. It is not paid.")
    return said % {"time": f"{scanned:%H:%M}", "why": why}


def alert(*, code: str, count: int) -> str:
    """What an alert means and what may be behind it."""
    return str(_ALERTS[code]) % {"count": count}
