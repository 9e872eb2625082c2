"""Draw order of the map, the same for the phone and the share picture (game.md, section 10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np
import numpy.typing as npt

TILE_W, TILE_H = 64, 32


@dataclass(frozen=True, slots=True)
class Block:
    """The cells `x0..x1`, `y0..y1` (both included) that an instance holds."""

    id: str
    x0: int
    y0: int
    x1: int
    y1: int


def screen(*, x: int, y: int) -> tuple[int, int]:
    """Screen point of a cell's upper corner in CSS pixels, y down."""
    return (x - y) * TILE_W // 2, (x + y) * TILE_H // 2


def ground_order(*, blocks: Sequence[Block]) -> list[str]:
    """Ids of what lies flat: by x + y, then x, then id."""
    return [one.id for one in sorted(blocks, key=lambda one: (one.x0 + one.y0, one.x0, one.id))]


def object_order(*, blocks: Sequence[Block]) -> list[str]:
    """
    Ids from back to front: Kahn's algorithm over 'stands behind', the ready ones by (x0 + y0, id).
    """
    if not blocks:
        return []
    rows = np.array([(one.x0, one.y0, one.x1, one.y1) for one in blocks], dtype=np.int64)
    x0, y0, x1, y1 = rows.T
    # behind[i, j]: i ends before j begins on an axis, and j does not do so before i: a pair that
    # lies side by side on the screen is independent.
    ends = (x1[:, None] < x0) | (y1[:, None] < y0)
    return _kahn(blocks, ends & ~ends.T)


def _kahn(blocks: Sequence[Block], behind: npt.NDArray[np.bool_]) -> list[str]:
    waits = behind.sum(axis=0)
    ready = [(one.x0 + one.y0, one.id, i) for i, one in enumerate(blocks) if waits[i] == 0]
    heapify(ready)
    order: list[str] = []
    while ready:
        _, name, i = heappop(ready)
        order.append(name)
        waits -= behind[i]
        for j in np.flatnonzero(behind[i] & (waits == 0)).tolist():
            heappush(ready, (blocks[j].x0 + blocks[j].y0, blocks[j].id, j))
    return order
