"""The sample tariffs and cases, and tariffs made at random."""

import json
from copy import deepcopy
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from meters.billing.cases import Plan
from meters.billing.cycles import Cycle, cycle_from
from meters.billing.pricing import CycleUse
from meters.billing.tariff import Tariff, read_tariff

Json = dict[str, Any]
FOLDER = Path(__file__).parents[2] / "samples" / "tariffs"
CASES: list[Json] = json.loads((FOLDER / "tariff_cases.json").read_text("utf-8"))["cases"]
DOCUMENTS: dict[str, Json] = {
    path.stem: json.loads(path.read_text("utf-8")) for path in (FOLDER / "documents").glob("*.json")
}
TARIFFS: dict[str, Tariff] = {name: read_tariff(found) for name, found in DOCUMENTS.items()}
PLANS = {name: Plan.of([tariff]) for name, tariff in TARIFFS.items()}

KOREAN = "kr-kepco-res-lv-2025-07"
QUOTA = "cn-dorm-quota-8kwh"


def document(name: str = KOREAN, **changes: Any) -> Json:
    """A copy of a sample document with some of its top-level values replaced."""
    return deepcopy(DOCUMENTS[name]) | changes


def october(tariff: Tariff, *, days: int = 31) -> Cycle:
    first = date(2025, 10, 1)
    return cycle_from(first, first + timedelta(days=days), terms=tariff.cycle)


def use_of(kwh: str | int, *, cycle: Cycle, elapsed: int | None = None, **more: Any) -> CycleUse:
    past = cycle.days if elapsed is None else elapsed
    return CycleUse(kwh={"*": Fraction(kwh)}, cycle=cycle, elapsed=past, **more)


def _numeral(low: int, high: int, digits: int) -> st.SearchStrategy[str]:
    scale = 10**digits
    return st.integers(low * scale, high * scale).map(
        lambda n: f"{'-' if n < 0 else ''}{abs(n) // scale}.{abs(n) % scale:0{digits}}"
    )


_rounds = st.sampled_from(
    [{"mode": mode, "step": step}
     for mode in ("floor", "ceil", "trunc", "half_up", "half_even")
     for step in ("1", "0.01", "10")] + [{"mode": "none"}]
)  # fmt: skip
_SEASONS = [
    {"id": "summer", "ranges": [["07-01", "08-31"]]},
    {"id": "winter", "ranges": [["11-16", "02-29"]]},
    {"id": "other", "default": True},
]


@st.composite
def _tiers(draw: st.DrawFn) -> list[str | None]:
    widths = draw(st.lists(st.integers(1, 300), min_size=1, max_size=3))
    return [*(str(sum(widths[: n + 1])) for n in range(len(widths))), None]


@st.composite
def documents(draw: st.DrawFn, *, discounts: bool = True, rounded_lines: bool = True) -> Json:
    """Tariffs of every line type; without discounts nothing in them is below zero."""
    tiers = {"*": draw(_tiers())}
    if draw(st.booleans()):
        tiers["summer"] = draw(_tiers())
    most = max(map(len, tiers.values()))
    rising = sorted(draw(st.lists(_numeral(1, 300, 1), min_size=most, max_size=most)), key=float)
    lines: list[Json] = [
        {"id": "tiered", "type": "fixed", "unit": "cycle",
         "amount_by_tier": sorted(
             draw(st.lists(_numeral(0, 900, 0), min_size=most, max_size=most)), key=float)},
        {"id": "standing", "type": "fixed", "unit": draw(st.sampled_from(["cycle", "day"])),
         "amount": draw(_numeral(0, 50, 4))},
        {"id": "energy", "type": "energy", "tiers": tiers, "rates": {"*": rising}},
        {"id": "climate", "type": "per_kwh", "rate": draw(_numeral(0, 20, 2))},
        {"id": "levy", "type": "percent", "of": ["standing", "energy"],
         "rate": draw(_numeral(0, 1, 3))},
    ]  # fmt: skip
    if discounts:
        lines += [
            {"id": "relief", "type": "per_kwh_capped", "rate": draw(_numeral(-5, 5, 2)),
             "max_kwh": draw(_numeral(0, 400, 1))},
            {"id": "family", "type": "percent", "of": "all", "rate": draw(_numeral(-1, 0, 2)),
             "cap": draw(_numeral(0, 9000, 2))},
            {"id": "least", "type": "minimum", "of": "all", "amount": draw(_numeral(0, 900, 2))},
        ]  # fmt: skip
    for line in lines:
        if rounded_lines and draw(st.booleans()):
            line["round"] = draw(_rounds)
    return {
        "schema": "cc-tariff/1", "id": "random", "name": "random", "currency": "CNY",
        "minor_digits": 2, "timezone": "Asia/Shanghai", "valid_from": "2020-01-01",
        "valid_to": None, "seasons": _SEASONS, "lines": lines,
        "cycle": {
            "kind": draw(st.sampled_from(["month", "two_months"])),
            "anchor_day": draw(st.sampled_from([1, 10, 31])),
            "tier_reset": draw(st.sampled_from(["cycle", "year"])),
            "year_start": draw(st.sampled_from(["01-01", "09-01", "07-20"])),
        },
        **({"quota": {"kwh": draw(_numeral(0, 20, 1)), "per": draw(
            st.sampled_from(["occupant-month", "room-month"])), "months": [1, 7, 8, 10]}}
           if draw(st.booleans()) else {}),
        "total": {"of": "all", "round": {
            "mode": draw(st.sampled_from(["floor", "half_up"])),
            "step": draw(st.sampled_from(["0.01", "1", "10"]))}},
    }  # fmt: skip
