"""A statement of two uses and one taken back."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from points.coupons.paper import Line, Paper, Party

TITLE = {"ko": "아메리카노", "en": "Americano", "zh-Hans": "美式咖啡"}


def a_line(number: int = 1, **fields: Any) -> Line:
    """A use for 3,000 minor units."""
    usual = {
        "kind": "USE",
        "use": f"00000000-0000-7000-8000-00000000000{number}",
        "at": datetime(2026, 3, 3, 5, tzinfo=UTC) + timedelta(minutes=number),
        "title": TITLE,
        "amount_minor": 3000,
    }
    return Line(number=number, **usual | fields)


def a_paper(**fields: Any) -> Paper:
    """March of a café in Seoul."""
    usual = {
        "uid": "0190f3c2-7b1a-7c3d-8e4f-5a6b7c8d9e0f",
        "number": 2,
        "starts_on": date(2026, 3, 1),
        "ends_on": date(2026, 4, 1),
        "seller": Party("Haetsal Co.", "123-45-67890", "1 Lake Road"),
        "buyer": Party("North University", "987-65-43210", ""),
        "currency": "KRW",
        "minor_digits": 0,
        "pays_on": date(2026, 4, 11),
        "closed_at": datetime(2026, 4, 1, 1, 0, tzinfo=UTC),
        "previous": "a" * 64,
        "lines": (a_line(1), a_line(2), a_line(3, kind="VOID", amount_minor=-3000)),
        "hash": "b" * 64,
        "zone": ZoneInfo("Asia/Seoul"),
    }
    return Paper(**usual | fields)
