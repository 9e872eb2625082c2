"""
A till that enters too many bad typed codes is locked for a minute.

A typed code has 30 bits that change; a QR code has 80 and cannot be guessed, so it does not count.
"""

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from campus.errors import CampusError

ALLOWED = 10
SECONDS = 60


class TillLocked(CampusError):
    """Too many bad typed codes within a minute."""

    code, status = "till_locked", 429
    detail = _("Too many codes were wrong. Please wait a minute, or scan the QR code.")


def check(*, till: int) -> None:
    """
    Let a till (id of its user) go on.

    :raises TillLocked: if it is locked
    """
    if cache.get(_locked(till)):
        raise TillLocked(seconds=SECONDS)


def count(*, till: int) -> None:
    """Remember a bad typed code; the tenth within a minute locks the till."""
    cache.add(_count(till), 0, SECONDS)
    try:
        bad = cache.incr(_count(till))
    except ValueError:  # the minute ended between the two lines
        return
    if bad >= ALLOWED:
        cache.set(_locked(till), 1, SECONDS)
        cache.delete(_count(till))


def _count(till: int) -> str:
    return f"coupons:bad-codes:{till}"


def _locked(till: int) -> str:
    return f"coupons:locked:{till}"
