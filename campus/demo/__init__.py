"""The demo campus: two residences, their rooms and people, and the sign-ins to try it with."""

from campus.demo.build import build

__all__ = ["build"]
