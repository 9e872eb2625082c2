"""The demo's café, its offers, its terms of earning, and what students host."""
