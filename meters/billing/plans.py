"""A plan: tariffs that follow one another in time, and the one in force on a day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from campus.errors import Fault
from meters.billing.cycles import cycle_of
from meters.billing.pricing import line_order
from meters.billing.refusals import NoTariff, TariffRefused
from meters.billing.tariff import Tariff


@dataclass(frozen=True, slots=True)
class Version:
    """A tariff on days [starts_on, ends_on); `key` is its owner's, such as the id of a row."""

    tariff: Tariff
    starts_on: date
    ends_on: date | None
    key: int = 0

    def holds(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


def in_force(day: date, *, versions: Sequence[Version]) -> Version:
    """
    The version of a plan on a day.

    :raises NoTariff: if none covers it
    """
    for version in versions:
        if version.holds(day):
            return version
    raise NoTariff(day=day.isoformat())


def nearest(day: date, *, versions: Sequence[Version]) -> Version:
    """The version on a day, else the one that ended last before it, else the first."""
    begun = [version for version in versions if version.starts_on <= day]
    held = [version for version in begun if version.holds(day)]
    return (held or begun[-1:] or list(versions))[0]


def check_versions(versions: Sequence[Version]) -> None:
    """
    Refuse versions that overlap, or that one bill could not hold together.

    :raises TariffRefused: with the place of each fault
    """
    ordered = sorted(versions, key=lambda version: version.starts_on)
    faults = [fault for pair in pairwise(ordered) for fault in _faults(*pair)]
    if faults:
        raise TariffRefused(faults=faults)


def _faults(first: Version, second: Version) -> Iterator[Fault]:
    one, two = first.tariff, second.tariff
    if first.ends_on is None or first.ends_on > second.starts_on:
        message = _("it begins on %(day)s, while %(name)s is still in force") % {
            "day": second.starts_on,
            "name": one.id,
        }
        yield Fault("valid_from", "overlapping_validity", message)
    if (one.currency, one.minor_digits) != (two.currency, two.minor_digits):
        yield Fault(
            "currency",
            "currency_differs",
            _("the plan is in %(currency)s") % {"currency": one.currency},
        )
    if (one.cycle.months, one.cycle.anchor_day) != (two.cycle.months, two.cycle.anchor_day):
        yield Fault("cycle", "cycle_differs", _("a plan keeps its cycle; begin another plan"))
    if _hours(one) != _hours(two) and not _opens_cycle(second):
        yield Fault("valid_from", "periods_differ", _("hours may begin to count only with a cycle"))
    order = line_order([one, two])
    if [name for name in order if name in _names(two)] != _names(two):
        yield Fault(
            "lines",
            "order_differs",
            _("its lines stand in another order than in %(name)s") % {"name": one.id},
        )


def _hours(tariff: Tariff) -> list[str]:
    """The periods whose use a night has to know."""
    return [period.id for period in tariff.periods] if tariff.hourly else []


def _opens_cycle(version: Version) -> bool:
    return cycle_of(version.starts_on, terms=version.tariff.cycle).first_day == version.starts_on


def _names(tariff: Tariff) -> list[str]:
    return [line.id for line in tariff.lines]
