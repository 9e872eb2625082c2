"""The real sun and the real night behind the map: the roof's yield, and how bright the dorm is."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.cache import cache

from campus.people import queries as people
from campus.people.models import Holder
from campus.places.models import Residence
from meters.readings import queries as readings

MONTH = timedelta(days=30)
FORTNIGHT = timedelta(days=14)
# A picture must not tell who is away.
FEWEST_PEOPLE = 10
LEVELS = 4
KEPT_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Sky:
    """
    The newest day of which the roof told something, against the P90 of its month.

    `windows` is how bright the dorm's night was against its last two weeks, 0 (dark) to 4; None
    where it may not or cannot be told. `simulated` says that no real roof stands behind it.
    """

    day: date | None = None
    yield_wh: int = 0
    p90_wh: int = 0
    simulated: bool = False
    windows: int | None = None
    night: date | None = None

    @property
    def percent(self) -> int:
        """The day's yield as a part of a bright day, 0 to 100."""
        return min(100, 100 * self.yield_wh // self.p90_wh) if self.p90_wh else 0


def sky_of(*, holder: Holder, day: date) -> Sky:
    """The sky over a student's campus as of `day`: today's roof if it has told, else the newest."""
    after = day + timedelta(days=1)
    days = readings.roof_days(campus=holder.campus, starts_on=after - MONTH, ends_on=after)
    room = people.room_of(holder=holder, day=day)
    night, windows = _kept_windows(room.residence, day) if room else (None, None)
    if not days:
        return Sky(windows=windows, night=night)
    newest = days[-1]
    return Sky(
        day=newest.day,
        yield_wh=newest.wh,
        p90_wh=readings.p90_of([one.wh for one in days]),
        simulated=newest.simulated,
        windows=windows,
        night=night,
    )


def _kept_windows(residence: Residence, day: date) -> tuple[date | None, int | None]:
    """The same for a whole residence: looked up once in a while, not by everybody."""
    key = f"game:windows:{residence.pk}:{day}"
    kept: tuple[date | None, int | None] | None = cache.get(key)
    if kept is None:
        kept = _windows(residence, day)
        cache.set(key, kept, timeout=KEPT_SECONDS)
    return kept


def _windows(residence: Residence, day: date) -> tuple[date | None, int | None]:
    """The newest night of a residence and its brightness among its last ones."""
    homes = people.residents_on(campus=residence.campus, day=day)
    rooms = set(residence.rooms.values_list("pk", flat=True))
    if sum(len(holders) for room, holders in homes.items() if room in rooms) < FEWEST_PEOPLE:
        return None, None
    nights = readings.nights_of(residence=residence, starts_on=day - FORTNIGHT, ends_on=day)
    if len(nights) < 2:
        return None, None
    newest = max(nights)
    usual = sorted(nights.values())[len(nights) // 2]
    # Half the usual is dark, half as much again is bright.
    level = round(LEVELS * (nights[newest] / usual - 0.5)) if usual else 0
    return newest, min(LEVELS, max(0, level))
