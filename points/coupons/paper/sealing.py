"""The hash of a statement: everything that stands on it, and the hash of the one before."""

import hashlib
import json
from dataclasses import asdict
from datetime import UTC, date, datetime

from points.coupons.paper.facts import Paper

# The hash cannot be part of itself; the zone is only how times are read.
_LEFT_OUT = ("hash", "zone")


def hash_of(paper: Paper) -> str:
    """
    SHA-256 in hex of the canonical JSON (sorted keys, no blanks, instants in UTC).

    Whoever changes, adds, drops or swaps a line, or a statement before it, changes the hash.
    """
    told = {name: value for name, value in asdict(paper).items() if name not in _LEFT_OUT}
    text = json.dumps(
        told, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain
    )
    return hashlib.sha256(f"campus-statement/1\n{text}".encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    assert isinstance(value, date)
    return value.isoformat()
