"""
From what one channel told to its local days: how much, how far to be trusted, and why. Pure.

Amounts are integers of any unit; `grain` is the smallest part that an estimate is split into
(1 for Wh). The campus and the dry run of a file both come through here.
"""

from meters.readings.rollup.day import Day, Doubt
from meters.readings.rollup.registers import Point, of_registers
from meters.readings.rollup.spans import Span, of_spans
from meters.readings.rollup.whole import of_whole_days

__all__ = ["Day", "Doubt", "Point", "Span", "of_registers", "of_spans", "of_whole_days"]
