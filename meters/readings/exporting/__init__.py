"""
Daily and interval data as files that others read, and that our own intake reads back. Pure.

A writer takes figures in the order of meters and times and yields bytes; what is not known has no
row, so that a gap stays a gap.
"""

from meters.readings.exporting.figures import Figure
from meters.readings.exporting.writers import WRITERS, Writer

__all__ = ["WRITERS", "Figure", "Writer"]
