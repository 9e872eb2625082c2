"""That each night happens once: closing it, asking for it, and what must follow a commit."""

from campus.nights.operations.asking import (
    ask_again,
    ask_due,
    promise,
    reclose,
    reopen,
    rerun,
)
from campus.nights.operations.chunks import chunk, plan_chunks
from campus.nights.operations.closing import close, close_through
from campus.nights.operations.forgetting import forget, forget_names
from campus.nights.operations.outbox import put, sweep
from campus.nights.operations.rehearsing import rehearsal, rehearse
from campus.nights.queries import open_days

__all__ = [
    "ask_again",
    "ask_due",
    "chunk",
    "close",
    "close_through",
    "forget",
    "forget_names",
    "open_days",
    "plan_chunks",
    "promise",
    "put",
    "reclose",
    "rehearsal",
    "rehearse",
    "reopen",
    "rerun",
    "sweep",
]
