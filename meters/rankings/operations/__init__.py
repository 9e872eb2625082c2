"""Forming groups of peers, publishing the order, and who wants to be named."""

from meters.rankings.operations.grouping import form_groups
from meters.rankings.operations.naming import forget, show_name
from meters.rankings.operations.publishing import rank_day

__all__ = ["forget", "form_groups", "rank_day", "show_name"]
