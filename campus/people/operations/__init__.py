"""Everything that writes people: who they are, where they live, and that they are forgotten."""

from campus.people.operations.erasing import erase
from campus.people.operations.staying import (
    RoomIsFull,
    change,
    move_in,
    move_out,
    register,
    store_occupancies,
)

__all__ = [
    "RoomIsFull",
    "change",
    "erase",
    "move_in",
    "move_out",
    "register",
    "store_occupancies",
]
