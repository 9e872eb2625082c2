"""How long a till may take a use back. Pure."""

from datetime import datetime, timedelta

UNDO_SECONDS = 60
VOID_MINUTES = 10


def undo_until(*, redeemed_at: datetime) -> datetime:
    """Up to when the same till may take a use back without a PIN."""
    return redeemed_at + timedelta(seconds=UNDO_SECONDS)


def void_until(*, recorded_at: datetime) -> datetime:
    """Up to when the same till may take a use back with its PIN, counted from when it was told."""
    return recorded_at + timedelta(minutes=VOID_MINUTES)
