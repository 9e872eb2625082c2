"""
Simulated hours: a day's measured total spread over 24 hours, and a roof in the sun.

Nothing here invents energy of a room: the hours sum to the measured day to the Wh. Chance is drawn
from a digest of meter and day, so the same campus has the same hours everywhere.
"""

import hashlib
import math
from collections.abc import Sequence
from datetime import date

# How a shared room uses its day: asleep, up, out for lectures, home in the evening. Relative.
EVENING = (4, 3, 3, 3, 3, 3, 4, 7, 8, 5, 4, 4, 5, 4, 4, 4, 5, 7, 9, 10, 11, 11, 9, 6)
ROOF_PEAK_WH = 24_000


def hours_of_room(*, serial: str, day: date, wh: int) -> list[int]:
    """24 whole Wh that sum to `wh` exactly (largest remainder)."""
    lucky = chance(serial, day)
    weights = [EVENING[hour] * (0.6 + 0.8 * lucky[hour]) for hour in range(24)]
    return spread(wh, weights)


def hours_of_roof(*, roof: str, day: date, latitude: float) -> list[int]:
    """24 whole Wh of a roof of about 24 kW: the sun's height, and a cloudiness of the day."""
    lucky = chance(roof, day)
    clear = 0.25 + 0.75 * lucky[0] ** 0.6
    return [
        round(ROOF_PEAK_WH * clear * (0.85 + 0.15 * lucky[hour]) * _height(hour, day, latitude))
        for hour in range(24)
    ]


def spread(total: int, weights: Sequence[float]) -> list[int]:
    """Whole parts of `total` in proportion to `weights`, summing to it exactly."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [math.floor(part) for part in exact]
    by_rest = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for index in by_rest[: total - sum(parts)]:
        parts[index] += 1
    return parts


def chance(name: str, day: date) -> list[float]:
    """24 numbers in [0, 1) that depend on nothing but name and day."""
    digest = b"".join(hashlib.sha256(f"{name} {day} {part}".encode()).digest() for part in range(2))
    return [int.from_bytes(digest[2 * n : 2 * n + 2], "big") / 65536 for n in range(24)]


def _height(hour: int, day: date, latitude: float) -> float:
    """Sine of the sun's height at half past `hour`, not below 0 (Cooper's declination)."""
    tilt = math.radians(23.45) * math.sin(math.tau * (284 + day.timetuple().tm_yday) / 365)
    angle = math.radians(15 * (hour + 0.5 - 12))
    north = math.radians(latitude)
    sine = math.sin(north) * math.sin(tilt) + math.cos(north) * math.cos(tilt) * math.cos(angle)
    return max(0.0, sine)
