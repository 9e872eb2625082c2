from datetime import date
from decimal import Decimal

import pytest

from meters.savings.models import EmissionFactor
from meters.savings.operations import NoFactor, load_factors
from meters.savings.operations.factors import factor_for
from tests import factories

pytestmark = pytest.mark.django_db


def test_published_factors_are_stored_once_with_their_source() -> None:
    assert load_factors() == EmissionFactor.objects.count() > 0
    assert load_factors() == 0
    korea = EmissionFactor.objects.get(region="KR", valid_from=date(2025, 12, 17))
    assert (korea.kg_per_kwh, korea.gas, korea.year) == (Decimal("0.41730"), "CO2e", "2023")
    assert "Yonhap" in korea.source


def test_a_factor_that_staff_entered_is_kept() -> None:
    own = {"region": "KR", "valid_from": date(2025, 12, 17), "gas": "CO2e", "year": "2023"}
    EmissionFactor.objects.create(kg_per_kwh=Decimal("0.5"), source="meter of our own", **own)
    load_factors()
    assert EmissionFactor.objects.get(**own).kg_per_kwh == Decimal("0.5")


def test_the_factors_are_stored_when_first_needed() -> None:
    campus = factories.a_campus()
    found = factor_for(campus=campus, day=date(2025, 6, 1))
    assert found.kg_per_kwh == Decimal("0.45410")


def test_a_grid_without_a_factor_is_refused_by_its_name() -> None:
    campus = factories.a_campus()
    campus.factor_region = "XX"
    with pytest.raises(NoFactor) as refusal:
        factor_for(campus=campus, day=date(2026, 6, 1))
    assert refusal.value.facts == {"region": "XX"}
