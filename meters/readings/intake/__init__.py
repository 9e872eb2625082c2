"""Taking in what arrives: the file is kept unchanged, its rows become readings, once."""

from meters.readings.intake.taking import take_in, turn_away

__all__ = ["take_in", "turn_away"]
