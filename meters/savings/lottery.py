"""
The draw of comparison rooms: anybody who knows the seed and the candidates draws the same.

Each candidate's number is sha256("<seed>:<uid>") in hexadecimal; the rooms with the lowest numbers
are the comparison rooms. The seed is told to all before the term, and nobody can choose both it and
the uids, which were given when the rooms were entered.
"""

from collections.abc import Sequence
from hashlib import sha256

ALGORITHM = "sha256-order-1"
PART, FEW, ENOUGH = 0.1, 60, 5  # of the rooms; at least; and the least that can tell anything


def drawn(candidates: Sequence[str], *, seed: str) -> list[str]:
    """The candidates in the order of the draw, whatever order they come in."""
    return sorted(candidates, key=lambda uid: sha256(f"{seed}:{uid}".encode()).hexdigest())


def digest(candidates: Sequence[str]) -> str:
    """A fingerprint of who took part, to be published with the seed."""
    return sha256("\n".join(sorted(candidates)).encode()).hexdigest()


def recommended(rooms: int) -> int:
    """How many comparison rooms to draw: a tenth, at least sixty, never more than a third."""
    return min(max(round(PART * rooms), FEW), rooms // 3)
