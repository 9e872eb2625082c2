"""The demo's café, its offers, its terms of earning, and what students host."""

from points.demo.build import build

__all__ = ["build"]
