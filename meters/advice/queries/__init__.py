"""Reading tips, and the figures that tips are made of."""

from meters.advice.queries.patterns import patterns_of
from meters.advice.queries.tips import news, said_before, tip_of_today, tips_of

__all__ = ["news", "patterns_of", "said_before", "tip_of_today", "tips_of"]
