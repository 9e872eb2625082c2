"""The meters of a campus as a delivery calls them, and when each served a space."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from campus.places.models import Campus
from meters.readings.models import Channel, Meter, MeterInstallation

_FOREVER = date.max.toordinal()
_FLOWS = (Channel.Flow.EXPORT, Channel.Flow.IMPORT)


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
    """Meters by serial and by channel."""

    by_serial: Mapping[str, Served]
    by_channel: Mapping[int, Served]


def directory(*, campus: Campus) -> Directory:
    """
    Every meter of a campus that has a channel; three queries whatever their number.

    A format without channels speaks of what was used, or, of a meter that only exports, of that.
    """
    channels = {
        meter: channel
        for flow in _FLOWS
        for meter, channel in Channel.objects.filter(meter__campus=campus, flow=flow).values_list(
            "meter_id", "pk"
        )
    }
    periods = _periods(campus)
    meters = Meter.objects.filter(campus=campus).values_list("pk", "serial", "digits")
    served = [
        Served(pk, channels[pk], serial, 10 ** (digits + 3), periods.get(pk, []))
        for pk, serial, digits in meters
        if pk in channels
    ]
    return Directory(
        by_serial={meter.serial: meter for meter in served},
        by_channel={meter.channel_id: meter for meter in served},
    )


def _periods(campus: Campus) -> Mapping[int, list[tuple[int, int]]]:
    rows = MeterInstallation.objects.filter(meter__campus=campus)
    periods: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for meter, first, after in rows.values_list("meter_id", "starts_on", "ends_on"):
        periods[meter].append((first.toordinal(), after.toordinal() if after else _FOREVER))
    return periods
