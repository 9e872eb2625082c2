"""By which tariff a residence is priced on a day: plans chosen, and versions in force."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from meters.billing.cutting import Stretch, cut
from meters.billing.cycles import Cycle, cycle_of
from meters.billing.facts import Deal
from meters.billing.models import PlanChoice
from meters.billing.models import Tariff as TariffRow
from meters.billing.plans import Version, nearest
from meters.billing.tariff import Tariff, read_tariff

# A row never changes, so what was read from it stays true for this process.
_read: dict[int, tuple[str, Tariff]] = {}


def tariff_of(row: TariffRow) -> Tariff:
    """The document of a row, read once in a process."""
    known = _read.get(row.pk)
    if known is None or known[0] != str(row.uid):
        known = _read[row.pk] = (str(row.uid), read_tariff(row.document))
    return known[1]


def deals_of(*, campus_id: int) -> Mapping[int, Deal]:
    """Residence id -> how it is billed; residences that never chose a plan are absent."""
    choices = PlanChoice.objects.filter(residence__campus_id=campus_id).select_related("residence")
    found: dict[int, list[Version]] = {}
    modes: dict[int, str] = {}
    for choice in choices.prefetch_related("plan__tariffs").order_by("residence_id", "starts_on"):
        modes[choice.residence_id] = choice.residence.bill_mode
        found.setdefault(choice.residence_id, []).extend(_chosen(choice))
    return {
        residence: Deal(residence, modes[residence], tuple(versions))
        for residence, versions in found.items()
        if versions
    }


def _chosen(choice: PlanChoice) -> Iterator[Version]:
    """The versions of a plan as far as it was chosen."""
    for row in sorted(choice.plan.tariffs.all(), key=lambda row: row.valid_from):
        starts_on = max(row.valid_from, choice.starts_on)
        ends_on = min(filter(None, (row.valid_to, choice.ends_on)), default=None)
        if ends_on is None or starts_on < ends_on:
            yield Version(tariff_of(row), starts_on, ends_on, key=row.pk)


def version_on(day: date, *, deal: Deal) -> Version | None:
    """The version in force on a day, or None where the residence has none."""
    return next((version for version in deal.versions if version.holds(day)), None)


def cycle_on(day: date, *, version: Version) -> Cycle:
    """The cycle of a day by the tariff in force on it."""
    return cycle_of(day, terms=version.tariff.cycle)


def stretches_of(cycle: Cycle, *, deal: Deal) -> tuple[Stretch, ...]:
    """A cycle cut by its tariffs; days outside every tariff go with the nearest one."""
    return cut(cycle, in_force=lambda day: nearest(day, versions=deal.versions).tariff)


def billed_since(cycle: Cycle, *, deal: Deal) -> date:
    """The first day of a cycle on which the residence has a tariff."""
    days = (cycle.first_day + timedelta(days=n) for n in range(cycle.days))
    return next((day for day in days if version_on(day, deal=deal)), cycle.end)
