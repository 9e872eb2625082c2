"""Reading bills. What is public here is what other rooms may ask."""

from meters.billing.queries.bills import (
    amounts_of_room,
    bill_of_day,
    bill_of_month,
    charge_batch,
    shares_of_day,
)
from meters.billing.queries.outlook import outlook
from meters.billing.queries.previews import preview_correction

__all__ = [
    "amounts_of_room",
    "bill_of_day",
    "bill_of_month",
    "charge_batch",
    "outlook",
    "preview_correction",
    "shares_of_day",
]
