"""Small tariffs and bills worked out on paper, each for a rule that the samples leave open."""

from typing import Any

Json = dict[str, Any]
ENERGY = {"id": "energy", "type": "energy", "rates": {"*": "0.60"}}


def _tariff(*lines: Json, **more: Any) -> Json:
    return {
        "schema": "cc-tariff/1", "id": "hand", "name": "by hand", "currency": "CNY",
        "minor_digits": 2, "timezone": "Asia/Shanghai", "valid_from": "2020-01-01",
        "valid_to": None, "lines": list(lines), **more,
    }  # fmt: skip


def _won(*lines: Json, **more: Any) -> Json:
    return _tariff(*lines, currency="KRW", minor_digits=0, timezone="Asia/Seoul", **more)


def _ladder(**cycle: Any) -> Json:
    line = {"id": "energy", "type": "energy", "tiers": {"*": ["160", "300", None]},
            "rates": {"*": ["0", "0.60", "0.90"]}}  # fmt: skip
    return _tariff(line, cycle={"kind": "month", "anchor_day": 1, **cycle})


FLOOR = {"mode": "floor", "step": "1"}
HALF_UP = {"mode": "half_up", "step": "1"}

# what, documents, kind, input, expected (a part of the answer)
BILLS: list[tuple[str, list[Json], str, Json, Json]] = [
    (
        # The ladder began on 1 September: 150 used, 10 free are left, 140 at 0.60, 50 at 0.90.
        "a yearly ladder from September crosses both bounds in one bill",
        [_ladder(tier_reset="year", year_start="09-01")],
        "cycle_bill", {"kwh": "200", "date": "2026-01-31", "before": "150"},
        {"total": "129.00", "lines": {"energy": "129"}},
    ),
    (
        # Days 1 to 3 go on at 298, 0.90 after two kWh; on 1 September it begins anew, 160 free.
        # 10 kWh a day of four: by days two before (20 kWh) and two after it (20 kWh).
        "a ladder that begins anew inside the cycle forgets what was used before",
        [_ladder(tier_reset="year", year_start="09-01")],
        "mixed_season", {"kwh": "40", "from": "2026-08-30", "to": "2026-09-02", "before": "298"},
        {"total": "17.40", "lines": {"energy": "17.4"}},
    ),
    (
        # Two months have two quotas, of which July has none: 6 x 8 = 48 free of 100.
        "a bill of two months counts the months that have a quota",
        [_tariff(ENERGY, cycle={"kind": "two_months", "anchor_day": 1},
                 quota={"kwh": "8", "per": "occupant-month", "months": [8], "unused": "expire"})],
        "cycle_bill", {"kwh": "100", "date": "2026-08-20", "occupants": 6},
        {"total": "31.20", "free_kwh": "48"},
    ),
    (
        # 30 a room whoever lives there; 2.5 people have no say. 30.5 - 30 = 0.5 at 0.60.
        "a quota of the room does not grow with its people",
        [_tariff(ENERGY, quota={"kwh": "30", "per": "room-month"})],
        "cycle_bill", {"kwh": "30.5", "date": "2026-05-01", "occupants": "2.5"},
        {"total": "0.30", "free_kwh": "30"},
    ),
    (
        # 7.5 each for 2.5 people are 18.75; 20 - 18.75 = 1.25 at 0.60.
        "half a month brings half a quota",
        [_tariff(ENERGY, quota={"kwh": "7.5", "per": "occupant-month"})],
        "cycle_bill", {"kwh": "20", "date": "2026-05-01", "occupants": "2.5"},
        {"total": "0.75", "free_kwh": "18.75"},
    ),
    (
        # 10.5 x 3 = 31.5 -> 31; 10 % of 31 = 3.1 -> 3 half up; of 31.5 it would be 3.15 -> 3, and
        # the sum 34.65 would round to 35. 31 + 3 = 34.
        "tax is on the line as it stands, after its rounding",
        [_won({"id": "energy", "type": "per_kwh", "rate": "10.5", "round": FLOOR},
              {"id": "vat", "type": "percent", "of": ["energy"], "rate": "0.10",
               "round": HALF_UP})],
        "cycle_bill", {"kwh": "3", "date": "2026-05-01"},
        {"total": "34", "lines": {"energy": "31", "vat": "3"}},
    ),
    (
        # -30 % of 100 is -30, capped at 12.50; the minimum lifts 87.50 to 90.
        "a cap holds a discount, and a minimum sees the discount",
        [_tariff({"id": "energy", "type": "per_kwh", "rate": "1"},
                 {"id": "off", "type": "percent", "of": ["energy"], "rate": "-0.30",
                  "cap": "12.50"},
                 {"id": "least", "type": "minimum", "of": ["energy", "off"], "amount": "90"})],
        "cycle_bill", {"kwh": "100", "date": "2026-05-01"},
        {"total": "90.00", "lines": {"energy": "100", "off": "-12.5", "least": "2.5"}},
    ),
    (
        # Two rooms of 150 on average: twice the base of tier 1, and nobody reaches tier 2.
        "a pool pays the average room's bill for each of its rooms",
        [_won({"id": "base", "type": "fixed", "unit": "cycle", "amount_by_tier": ["900", "1600"]},
              {"id": "energy", "type": "energy", "tiers": {"*": ["150", None]},
               "rates": {"*": ["100", "200"]}}, tier_scope="pool_average")],
        "cycle_bill", {"kwh": "300", "date": "2026-05-01", "rooms": 2},
        {"total": "31800", "lines": {"base": "1800", "energy": "30000"}},
    ),
    (
        # 400 - 313 = 87 kWh have no relief: 400 x 10 - 313 x 8.
        "a relief ends at its kWh",
        [_won({"id": "energy", "type": "per_kwh", "rate": "10"},
              {"id": "relief", "type": "per_kwh_capped", "max_kwh": "313", "rate": "-8"})],
        "cycle_bill", {"kwh": "400", "date": "2026-05-01"},
        {"total": "1496", "lines": {"energy": "4000", "relief": "-2504"}},
    ),
    (
        # 31 kWh over 31 days, ten of them at 2 and 21 at 3.
        "a tariff that follows inside the cycle prices its own days",
        [_won({"id": "energy", "type": "per_kwh", "rate": "2"}, valid_to="2026-05-10"),
         _won({"id": "energy", "type": "per_kwh", "rate": "3"}, valid_from="2026-05-11")],
        "mixed_season", {"kwh": "31", "from": "2026-05-01", "to": "2026-05-31"},
        {"total": "83", "lines": {"energy": "83"}},
    ),
    (
        # Half of 3.50 is due on day 15 of 30; halves of a jiao's tenth go up: 1.75 + 0.005 -> 1.76.
        "a standing charge accrues with the days, and a half goes up",
        [_tariff({"id": "standing", "type": "fixed", "unit": "cycle", "amount": "3.50"},
                 {"id": "energy", "type": "per_kwh", "rate": "0.005"})],
        "cycle_bill", {"kwh": "1", "date": "2026-06-15", "elapsed": 15, "cycle_days": 30},
        {"total": "1.76", "lines": {"standing": "1.75", "energy": "0.005"}},
    ),
    (
        # Days of 1, 0 and 2 kWh at 0.335: 0.34 (half up), 0, then 1.005 -> 1.01 less 0.34.
        "days are differences of rounded bills, so that they add up to the last fen",
        [_tariff({"id": "energy", "type": "per_kwh", "rate": "0.335"})],
        "daily_accrual", {"cycle_start": "2026-05-01", "daily_kwh": ["1", "0", "2"]},
        {"daily": ["0.34", "0.00", "0.67"], "sum": "1.01"},
    ),
]  # fmt: skip
