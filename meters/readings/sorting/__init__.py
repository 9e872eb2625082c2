"""
The rows of a file sorted by channel and time: set aside, put on the clock, told apart. Pure.

`Rows` is int64[n, 7]; its columns are named in `spool`.
"""

from meters.readings.sorting.sifting import Sifted, sift
from meters.readings.sorting.spool import Rows, Spool
from meters.readings.sorting.times import place

__all__ = ["Rows", "Sifted", "Spool", "place", "sift"]
