"""The worked cases, every line and every unit of them."""

from typing import Any

import pytest

from meters.billing.breakpoints import checked_tariff
from meters.billing.cases import Plan, answer
from tests.meters.billing.hand import BILLS
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


@pytest.mark.parametrize(
    ("documents", "kind", "given", "expected"),
    [bill[1:] for bill in BILLS],
    ids=[bill[0] for bill in BILLS],
)
def test_a_bill_worked_out_on_paper_comes_out_exact(
    documents: list[dict[str, Any]], kind: str, given: dict[str, Any], expected: dict[str, Any]
) -> None:
    plans = {"hand": Plan.of(map(checked_tariff, documents))}
    found = answer({"kind": kind, "tariff": "hand", "input": given}, plans=plans)
    assert {name: found[name] for name in expected} == expected
