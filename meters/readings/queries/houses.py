"""A day of a residence as a whole: did its power fail, does its site meter agree?"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from meters.readings import house
from meters.readings.checks import Doubt
from meters.readings.closing import Use
from meters.readings.models import Status
from meters.readings.queries import to_close
from meters.readings.queries.to_close import Serving, Sheet, Space, ToldDay, imports


@dataclass(frozen=True)
class Houses:
    """The residences of a campus on one day: the meters of each space, and what each told."""

    sheet: Sheet
    meters: Mapping[Space, Sequence[Serving]]
    told: Callable[[Serving], ToldDay]

    def failed(self) -> Mapping[int, house.Failed]:
        """Residence id -> the power failure that its hours show."""
        homes: dict[tuple[int, int], list[bytes]] = defaultdict(list)
        for serving in imports(self.meters):
            told, room = self.told(serving), self.sheet.rooms.get(serving.space[0] or 0)
            if told.intervals and room:
                size = len(told.intervals)
                homes[room.residence_id, size].append(bytes(told.intervals))
        found = {}
        for (home, size), rows in homes.items():
            hours = np.frombuffer(b"".join(rows), dtype="<i4").reshape(len(rows), size // 4)
            if failed := house.failed_hours(hours):
                found[home] = failed
        return found

    def differing(
        self, plain: Mapping[Space, Use], uses: Mapping[Space, Use]
    ) -> Iterator[tuple[int, Doubt]]:
        """Residences whose site meter, as it told, disagrees with what stands behind it."""
        for home, zone in self._sites().items():
            site = plain[zone]
            behind = [
                use
                for space, use in uses.items()
                if space != zone and self.homes.get(space) == home
            ]
            used = [use.wh for use in behind if use.wh is not None]
            inside = [use for space, use in uses.items() if self.homes.get(space) == home]
            complete = all(use.wh is not None or not _uses(use) for use in behind)
            if site.wh is None or not complete or not used:
                continue
            roofs = sum(use.generated_wh for use in inside) - site.generated_wh
            differs = house.apart(
                site_wh=site.wh, fed_back_wh=site.generated_wh, generated_wh=roofs, used=used
            )
            if differs:
                yield home, differs.doubt()

    def _sites(self) -> Mapping[int, Space]:
        """Residence id -> the zone of its site meter."""
        zones = self.zones
        return {
            zones[zone].residence_id: space
            for space in self.meters
            for zone in [space[1]]
            if zone is not None and zones[zone].kind == "WHOLE"
        }

    @cached_property
    def zones(self) -> Mapping[int, to_close.ZoneFact]:
        return to_close.zones_of(campus=self.sheet.campus)

    @cached_property
    def homes(self) -> Mapping[Space, int]:
        """Space -> the residence it is in."""
        rooms: dict[Space, int] = {
            (pk, None): room.residence_id for pk, room in self.sheet.rooms.items()
        }
        return rooms | {(None, pk): zone.residence_id for pk, zone in self.zones.items()}


def _uses(use: Use) -> bool:
    """Whether a space is one that uses at all: a roof with nothing but panels is not."""
    return not (use.wh is None and use.status == Status.ACTUAL)
