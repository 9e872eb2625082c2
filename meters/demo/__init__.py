"""The demo's meters: public household readings standing in for rooms, delivered day by day."""

from meters.demo.build import build

__all__ = ["build"]
