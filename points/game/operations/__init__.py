"""Everything that writes a student's campus."""

from points.game.operations.banking import bank_untouched
from points.game.operations.dropping import ripen
from points.game.operations.forgetting import forget
from points.game.operations.opening import open_map
from points.game.operations.pictures import month_of, picture_of
from points.game.operations.playing import Played, Wish, fingerprint, play
from points.game.operations.visiting import leave_card

__all__ = [
    "Played",
    "Wish",
    "bank_untouched",
    "fingerprint",
    "forget",
    "leave_card",
    "month_of",
    "open_map",
    "picture_of",
    "play",
    "ripen",
]
