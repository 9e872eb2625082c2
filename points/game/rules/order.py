"""Draw order of the map, the same for the phone and the share picture (game.md, section 10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

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
    behind: list[list[int]] = [[] for _ in blocks]
    waits = [0] * len(blocks)
    for i, a in enumerate(blocks):
        for j in range(i + 1, len(blocks)):
            b = blocks[j]
            if _before(a, b):
                behind[i].append(j)
                waits[j] += 1
            elif _before(b, a):
                behind[j].append(i)
                waits[i] += 1
    return _kahn(blocks, behind, waits)


def _before(a: Block, b: Block) -> bool:
    """A is farther from the eye; a pair that lies side by side on the screen is independent."""
    return (a.x1 < b.x0 or a.y1 < b.y0) and not (b.x1 < a.x0 or b.y1 < a.y0)


def _kahn(blocks: Sequence[Block], behind: list[list[int]], waits: list[int]) -> list[str]:
    ready = [(one.x0 + one.y0, one.id, i) for i, one in enumerate(blocks) if waits[i] == 0]
    heapify(ready)
    order: list[str] = []
    while ready:
        _, name, i = heappop(ready)
        order.append(name)
        for j in behind[i]:
            waits[j] -= 1
            if waits[j] == 0:
                heappush(ready, (blocks[j].x0 + blocks[j].y0, blocks[j].id, j))
    return order
