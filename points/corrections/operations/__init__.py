"""Deciding corrections of final days, and telling those whom it concerns."""

from points.corrections.operations.deciding import accept, decline, preview

__all__ = ["accept", "decline", "preview"]
