"""
A statement as it leaves the house: what stands on it, its hash, the sheet and the print. Pure.

Money is whole minor units here, and a plain decimal number of the currency where people read it.
"""

from points.coupons.paper.facts import Line, Paper, Party
from points.coupons.paper.printed import printed
from points.coupons.paper.sealing import hash_of
from points.coupons.paper.sheet import sheet

__all__ = ["Line", "Paper", "Party", "hash_of", "printed", "sheet"]
