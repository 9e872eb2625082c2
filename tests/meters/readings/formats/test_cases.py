"""Every file of tests/samples/cases comes to its expected.json by the dry run, by itself."""

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

CASES = Path(__file__).parents[3] / "samples" / "cases"
EXPECTED: dict[str, tuple[str, dict[str, Any]]] = {
    name: (folder, case)
    for folder in ("csv", "greenbutton", "nem12")
    for name, case in json.loads((CASES / folder / "expected.json").read_text())["files"].items()
}
ROWS = {
    "pub_csv_1_ko_register.csv": ([8], []),
    "pub_csv_4_cn_gbk.csv": ([], [6]),
}


def dry_run(name: str) -> dict[str, Any]:
    folder, case = EXPECTED[name]
    options: dict[str, Any] = {"dry_run": True, "json": True, "timezone": case.get("timezone")}
    options["digits"] = case.get("register_digits")
    told = io.StringIO()
    call_command("intake", CASES / folder / name, stdout=told, **options)
    found: dict[str, Any] = json.loads(told.getvalue())
    return found


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_case_comes_to_what_is_expected(name: str) -> None:
    _folder, case = EXPECTED[name]
    found = dry_run(name)
    assert days(found["daily"]) == expected_days(case)
    duplicates, refused = ROWS.get(name, ([], []))
    assert found["duplicates"] == duplicates
    assert [row["row"] for row in found["refused"]] == refused
    assert all(row["message"] for row in found["refused"])
    if "encoding" in case:
        assert found["encoding"] in case["encoding"]


def days(daily: dict[str, Any]) -> dict[tuple[str, str, str], tuple[Decimal, str]]:
    """(meter, channel, day) -> kWh and status."""
    return {
        (meter, channel, day): (Decimal(told["kwh"]), told["status"])
        for meter, channels in daily.items()
        for channel, days_ in channels.items()
        for day, told in days_.items()
    }


def expected_days(case: dict[str, Any]) -> dict[tuple[str, str, str], tuple[Decimal, str]]:
    daily = case["daily_kwh"]
    if "nmi" in case:
        channels = daily if "channel" not in case else {case["channel"]: daily}
        status = "estimated" if "day_status" in case else "actual"
        return {
            (case["nmi"], channel, day): (Decimal(kwh), status)
            for channel, days_ in channels.items()
            for day, kwh in days_.items()
        }
    if isinstance(next(iter(daily.values())), str):  # Green Button: one meter, all measured
        meter = "5446AF3F" if "offset" in case else "1"
        return {(meter, "kwh", day): (Decimal(kwh), "actual") for day, kwh in daily.items()}
    return {
        (meter, "kwh", day): (Decimal(kwh), status)
        for meter, days_ in daily.items()
        for day, (kwh, status) in days_.items()
    }


def test_the_balance_of_a_prepaid_export_is_kept() -> None:
    found = dry_run("pub_csv_4_cn_gbk.csv")
    assert found["format"] == "prepaid_cn"
    assert found["balances"]["000012345679"]["balance"] == "16.43"
