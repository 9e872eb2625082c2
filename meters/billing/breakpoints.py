"""Tries a tariff where its price bends: a bill below zero there means that it cannot be used."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from campus.errors import Fault
from meters.billing.cutting import Stretch
from meters.billing.cycles import Cycle
from meters.billing.line import ZERO
from meters.billing.pricing import CycleUse, price
from meters.billing.refusals import TariffRefused
from meters.billing.seasons import ALL_YEAR, season_ids
from meters.billing.tariff import Tariff, read_tariff

DAYS = 30
FAR = 10
SOME_KWH = Fraction(100)


def checked_tariff(document: object) -> Tariff:
    """
    Read a document and try it at its breakpoints, on the first and on the last day of a cycle.

    :raises TariffRefused: with the place of each fault
    """
    tariff = read_tariff(document)
    for season in season_ids(tariff.seasons):
        for kwh in _uses(tariff):
            for elapsed in (1, DAYS):
                _refuse_below_zero(tariff, season, kwh, elapsed)
    return tariff


def _uses(tariff: Tariff) -> Iterator[Mapping[str, Fraction]]:
    bends = sorted({bend for line in tariff.lines for bend in line.breakpoints()} | {SOME_KWH})
    for kwh in (ZERO, *bends, *(bend + 1 for bend in bends), FAR * bends[-1]):
        for period in [period.id for period in tariff.periods] or [ALL_YEAR]:
            yield {period: kwh}


def _refuse_below_zero(
    tariff: Tariff, season: str, kwh: Mapping[str, Fraction], elapsed: int
) -> None:
    cycle = Cycle(date(2001, 1, 1), DAYS, ())
    use = CycleUse(kwh=kwh, cycle=cycle, elapsed=elapsed)
    bill = price(stretches=[Stretch(tariff, season, DAYS)], use=use)
    if bill.total < 0:
        used = float(use.total)
        message = _("it would be %(total)s at %(kwh)s kWh in season %(season)s") % {
            "total": f"{float(bill.total):g}",
            "kwh": f"{used:g}",
            "season": season,
        }
        raise TariffRefused(faults=[Fault("total", "negative_total", message)])
