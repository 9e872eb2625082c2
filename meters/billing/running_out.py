"""How long what is left will last, and what to say about it. Pure: nothing here switches."""

from dataclasses import dataclass
from datetime import date, timedelta

from meters.billing.prepaid import Prepaid

# So many days before the end people are told, whatever the tariff says of balances.
NOTICE_DAYS = 5
FINE, LOW, CUT_OFF = "FINE", "LOW", "CUT_OFF"


@dataclass(frozen=True, slots=True)
class Lasting:
    """Whole days that are left after today, and the day on which it runs out."""

    days: int
    until: date


def lasting(*, left: int, per_day: int, since: date, today: date) -> Lasting | None:
    """
    How long something lasts that was `left` at the end of `since`, when `per_day` of it goes.
    None where nothing goes. What has run out since then lasts no day more.
    """
    if per_day <= 0:
        return None
    until = since + timedelta(days=min(max(left, 0) // per_day, 3650))
    return Lasting(max((until - today).days, 0), max(until, today))


def advice(*, amount: int | None, terms: Prepaid | None, minor: int, days: int | None) -> str:
    """
    FINE, LOW or CUT_OFF: what to advise about a prepaid balance of `amount` minor units.

    :param terms: the tariff's own thresholds, in major units; `minor` minor units make one
    """
    if amount is not None and amount <= (terms.cutoff_balance * minor if terms else 0):
        return CUT_OFF
    if amount is not None and terms and amount <= terms.low_balance * minor:
        return LOW
    return LOW if days is not None and days <= NOTICE_DAYS else FINE
