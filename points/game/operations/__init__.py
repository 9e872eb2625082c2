"""Everything that writes a student's campus."""

from points.game.operations.dropping import bank_untouched, ripen
from points.game.operations.forgetting import forget
from points.game.operations.opening import open_map
from points.game.operations.pictures import picture_of
from points.game.operations.playing import Played, Wish, fingerprint, play

__all__ = [
    "Played",
    "Wish",
    "bank_untouched",
    "fingerprint",
    "forget",
    "open_map",
    "picture_of",
    "play",
    "ripen",
]
