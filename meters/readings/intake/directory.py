"""The meters of a campus as a delivery calls them, and when each served a space."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from campus.places.models import Campus
from meters.readings.models import Channel, Meter, MeterInstallation
from meters.readings.row import CHANNEL

_FOREVER = date.max.toordinal()
_IMPORT, _EXPORT = str(Channel.Flow.IMPORT), str(Channel.Flow.EXPORT)
# What formats call the direction of a channel; E1 and B1 are the market's words.
_FLOWS: Mapping[str, str] = {
    "import": _IMPORT, "E": _IMPORT, "E1": _IMPORT, "export": _EXPORT, "B": _EXPORT, "B1": _EXPORT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Served:
    """A meter's channel and its periods [first, after) as day ordinals."""

    meter_id: int
    channel_id: int
    serial: str
    rolls_over_at_wh: int
    periods: list[tuple[int, int]] = field(default_factory=list)

    def on(self, days: tuple[int, ...]) -> bool:
        """Whether it served a space on any of some days."""
        return any(first <= day < after for first, after in self.periods for day in days)


@dataclass(frozen=True, slots=True)
class Directory:
    """Meters by (serial, flow) and by channel."""

    by_source: Mapping[tuple[str, str], Served]
    by_channel: Mapping[int, Served]

    def knows(self, serial: str) -> bool:
        """Whether the campus has a meter of that serial."""
        return any((serial, flow) in self.by_source for flow in (_IMPORT, _EXPORT))

    def find(self, serial: str, channel: str) -> Served | None:
        """
        The channel that a row speaks of.

        A format without channels speaks of what was used, or, of a meter that only exports, of
        that.
        """
        if channel != CHANNEL:
            return self.by_source.get((serial, _FLOWS.get(channel, "")))
        return self.by_source.get((serial, _IMPORT)) or self.by_source.get((serial, _EXPORT))


def directory(*, campus: Campus) -> Directory:
    """Every channel of a campus's meters; three queries whatever their number."""
    periods = _periods(campus)
    meters = {
        pk: (serial, digits)
        for pk, serial, digits in Meter.objects.filter(campus=campus).values_list(
            "pk", "serial", "digits"
        )
    }
    served = {
        (meters[meter][0], str(flow)): Served(
            meter, pk, meters[meter][0], 10 ** (meters[meter][1] + 3), periods.get(meter, [])
        )
        for pk, meter, flow in Channel.objects.filter(meter__campus=campus).values_list(
            "pk", "meter_id", "flow"
        )
    }
    return Directory(served, {meter.channel_id: meter for meter in served.values()})


def _periods(campus: Campus) -> Mapping[int, list[tuple[int, int]]]:
    rows = MeterInstallation.objects.filter(meter__campus=campus)
    periods: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for meter, first, after in rows.values_list("meter_id", "starts_on", "ends_on"):
        periods[meter].append((first.toordinal(), after.toordinal() if after else _FOREVER))
    return periods
