"""The calculator for anyone: files in, answers out, no rows."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.meters.billing.samples import CASES, FOLDER, KOREAN, document


def price(cases: Path, tariffs: Path) -> dict[str, Any]:
    out = StringIO()
    call_command("price", str(cases), "--tariffs", str(tariffs), "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_price_answers_every_case_under_the_keys_of_its_expectation() -> None:
    found = price(FOLDER / "tariff_cases.json", FOLDER / "documents")
    assert found == {case["id"]: case["expect"] for case in CASES}


def test_price_tells_what_it_refuses_and_answers_the_rest(tmp_path: Path) -> None:
    (tmp_path / "good.json").write_text(json.dumps(document()))
    (tmp_path / "bad.json").write_text(json.dumps(document(id="bad", currency="CNY")))
    given = {"kwh": "100", "date": "2025-10-01"}
    cases = [
        {"id": "one", "kind": "cycle_bill", "tariff": "bad", "input": given},
        {"id": "two", "kind": "cycle_bill", "tariff": "nowhere", "input": given},
        {"id": "three", "kind": "cycle_bill", "tariff": KOREAN, "input": given},
    ]
    (tmp_path / "cases").write_text(json.dumps({"cases": cases}))
    found = price(tmp_path / "cases", tmp_path)
    assert found["one"]["faults"][0]["path"] == "minor_digits"
    assert found["two"]["refused"] == "case_not_readable"
    assert found["three"]["total"] == "16120"


def test_price_refuses_a_file_that_is_no_json(tmp_path: Path) -> None:
    (tmp_path / "cases").write_text("kwh;won")
    with pytest.raises(CommandError, match="cannot be read"):
        price(tmp_path / "cases", tmp_path)
