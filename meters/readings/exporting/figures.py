"""One figure of an export."""

from datetime import datetime
from typing import NamedTuple


class Figure(NamedTuple):
    """What a meter's channel counted in [starts_at, ends_at), local times with their offsets."""

    serial: str
    flow: str
    starts_at: datetime
    ends_at: datetime
    wh: int
    estimated: bool
    daily: bool
