"""Telling, reading, muting and forgetting; announcing and taking back."""

from campus.notices.operations.announcing import announce, withdraw
from campus.notices.operations.telling import (
    NEWS_LASTS,
    choose,
    forget,
    forget_old,
    read_all,
    tell,
    tell_day,
    tell_each,
)

__all__ = [
    "NEWS_LASTS",
    "announce",
    "choose",
    "forget",
    "forget_old",
    "read_all",
    "tell",
    "tell_day",
    "tell_each",
    "withdraw",
]
