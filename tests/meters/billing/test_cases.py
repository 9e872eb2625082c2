"""The worked cases, every line and every unit of them."""

from typing import Any

import pytest

from meters.billing.cases import answer
from tests.meters.billing.samples import CASES, PLANS


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_worked_case_comes_out_exact(case: dict[str, Any]) -> None:
    assert answer(case, plans=PLANS) == case["expect"]


def test_all_sample_cases_are_here() -> None:
    assert len({case["id"] for case in CASES}) == 55


def test_elapsed_days_accrue_a_fixed_charge() -> None:
    given = {"kwh": "0", "date": "2026-04-10", "elapsed": 10, "cycle_days": 30}
    case = {"kind": "cycle_bill", "tariff": "us-urdb-sample-tiered", "input": given}
    assert answer(case, plans=PLANS)["lines"] == {"fixed": "3", "energy": "0"}
