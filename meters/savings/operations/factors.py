"""Emission factors, from the file of this room."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from campus.errors import CampusError
from campus.places.models import Campus
from meters.savings.emissions import Published, factor_on
from meters.savings.models import EmissionFactor

FILE = Path(__file__).resolve().parent.parent / "factors.json"


class NoFactor(CampusError):
    """Nobody told what a kWh of this grid emits."""

    code, status = "no_emission_factor", 409
    detail = _("There is no emission factor for the region %(region)s.")


def load_factors() -> int:
    """Store the published factors that are not known yet; returns how many these were."""
    known = set(EmissionFactor.objects.values_list("region", "valid_from"))
    new = [f for f in _published() if (f.region, f.valid_from) not in known]
    EmissionFactor.objects.bulk_create(
        EmissionFactor(
            region=f.region,
            valid_from=f.valid_from,
            kg_per_kwh=f.kg_per_kwh,
            gas=f.gas,
            year=f.year,
            source=f.source,
        )
        for f in new
    )
    return len(new)


def factor_for(*, campus: Campus, day: date) -> EmissionFactor:
    """
    The factor of the campus's grid on a day; the published ones are stored when first needed.

    :raises NoFactor: if none was published for its region
    """
    found = _stored(campus, day)
    if found is None and load_factors():
        found = _stored(campus, day)
    if found is None:
        raise NoFactor(region=campus.factor_region)
    return found


def _stored(campus: Campus, day: date) -> EmissionFactor | None:
    return factor_on(list(EmissionFactor.objects.filter(region=campus.factor_region)), day=day)


def _published() -> list[Published]:
    return [
        Published(
            region=row["region"],
            valid_from=date.fromisoformat(row["valid_from"]),
            kg_per_kwh=Decimal(row["kg_per_kwh"]),
            gas=row["gas"],
            year=row["year"],
            source=row["source"],
        )
        for row in json.loads(FILE.read_text())["factors"]
    ]
