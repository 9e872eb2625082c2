"""What a document may say, and where it is refused."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from meters.billing.breakpoints import checked_tariff
from meters.billing.plans import Version, check_versions, in_force
from meters.billing.refusals import NoTariff, TariffRefused
from tests.meters.billing.samples import DOCUMENTS, KOREAN, QUOTA, TARIFFS, document

Json = dict[str, Any]
TOU = "kr-kepco-edu-b-hva1-1000kw"


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_every_sample_is_accepted_and_tried_at_its_breakpoints(name: str) -> None:
    assert checked_tariff(DOCUMENTS[name]).id == name


def changed(name: str, path: str, value: object) -> Json:
    """A sample with one place replaced; `path` like lines.1.tiers.summer."""
    found = document(name)
    place: Any = found
    *way, last = [int(step) if step.isdecimal() else step for step in path.split(".")]
    for step in way:
        place = place[step]
    place[last] = deepcopy(value)
    return found


REFUSED = [
    (KOREAN, "schema", "cc-tariff/2", "schema", "unknown_choice"),
    (KOREAN, "currency", "won", "currency", "unknown_currency"),
    (KOREAN, "minor_digits", 2, "minor_digits", "wrong_minor_unit"),
    (KOREAN, "total.round.step", "0.5", "total.round", "not_in_minor_units"),
    (KOREAN, "total.round.mode", "none", "total.round", "not_in_minor_units"),
    (KOREAN, "timezone", "Asia/Nowhere", "timezone", "unknown_time_zone"),
    (KOREAN, "valid_to", "2020-01-01", "valid_to", "ends_before_start"),
    (KOREAN, "valid_from", "2025-13-01", "valid_from", "day_expected"),
    (KOREAN, "demand", {"kw": "5"}, "demand", "unknown_key"),
    (KOREAN, "tier_scoop", "pool_average", "tier_scoop", "unknown_key"),
    (KOREAN, "lines.1.tiers.summer", ["450", "300", None],
     "lines[1].tiers.summer[1]", "tiers_not_rising"),
    (KOREAN, "lines.1.tiers.other", ["200", "400"], "lines[1].tiers.other", "tiers_not_open"),
    (KOREAN, "lines.1.tiers", {"summer": ["300", None]}, "lines[1].tiers", "missing_rate"),
    (KOREAN, "lines.1.rates", {"*": ["120.0", "214.6", "307.3"]},
     "lines[1].rates.*", "missing_rate"),
    (KOREAN, "lines.1.rates", {"summer": "1"}, "lines[1].rates", "missing_rate"),
    (KOREAN, "lines.1.rates", {"*": "1"}, "lines[1].rates.*", "list_expected"),
    (KOREAN, "lines.1.rates", {"spring": ["1"], "*": ["1", "2", "3", "4"]},
     "lines[1].rates.spring", "unknown_season"),
    (KOREAN, "lines.0.amount_by_tier", ["910"], "lines[0].amount_by_tier", "missing_rate"),
    (KOREAN, "lines.0.amount", "5", "lines[0]", "one_amount_needed"),
    (KOREAN, "lines.2.rate", 9.0, "lines[2].rate", "number_expected"),
    (KOREAN, "lines.2.rate", "NaN", "lines[2].rate", "number_expected"),
    (KOREAN, "lines.2.rate", "1e999999999", "lines[2].rate", "number_expected"),
    (KOREAN, "lines.2.id", "base", "lines[2].id", "repeated_id"),
    (KOREAN, "lines.2.type", "per_kw", "lines[2].type", "unknown_choice"),
    (KOREAN, "lines.2.max_kwh", "9", "lines[2].max_kwh", "unknown_key"),
    (KOREAN, "lines.4.of", ["base", "fund"], "lines[4].of[1]", "unknown_line"),
    (KOREAN, "lines.4.of", ["base", "base"], "lines[4].of", "repeated_id"),
    (KOREAN, "lines.4.rate", "-1.5", "lines[4].rate", "number_too_small"),
    (KOREAN, "lines.4.round", {"mode": "banker"}, "lines[4].round.mode", "unknown_choice"),
    (KOREAN, "lines.4.round", {"mode": "floor", "step": "0"},
     "lines[4].round.step", "number_too_small"),
    (KOREAN, "lines.3.rate", "-500", "total", "negative_total"),
    (KOREAN, "lines", [], "lines", "no_lines"),
    (KOREAN, "seasons", [{"id": "summer", "ranges": [["07-01", "08-31"]]}],
     "seasons", "seasons_gap"),
    (KOREAN, "seasons.1.ranges", [["08-31", "12-01"]], "seasons", "seasons_overlap"),
    (KOREAN, "seasons.0.ranges", [["07-01", "08-32"]], "seasons[0].ranges[0][1]", "day_expected"),
    (KOREAN, "seasons.0.default", True, "seasons", "two_defaults"),
    (TOU, "periods.2.default", False, "periods", "periods_gap"),
    (TOU, "periods.0.when.0.hours", [["11:00", "25:00"]],
     "periods[0].when[0].hours[0][1]", "hour_expected"),
    (TOU, "lines.1.rates", {"*": {"light": "1", "mid": "1"}}, "lines[1].rates.*", "missing_rate"),
    (TOU, "lines.1.tiers", {"*": [None]}, "lines[1]", "tiers_and_periods"),
    (QUOTA, "quota.per", "person", "quota.per", "unknown_choice"),
    (QUOTA, "quota.unused", "carry", "quota.unused", "unknown_choice"),
    (QUOTA, "quota.months", [13], "quota.months[0]", "whole_number_expected"),
    (QUOTA, "quota.kwh", "-8", "quota.kwh", "number_too_small"),
    (QUOTA, "periods", [{"id": "all", "default": True}], "quota", "quota_with_periods"),
    (QUOTA, "cycle.kind", "week", "cycle.kind", "unknown_choice"),
    (QUOTA, "lines.0.rates", {"*": "-0.1"}, "total", "negative_total"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "path", "value", "where", "code"), REFUSED)
def test_what_cannot_be_priced_is_refused_with_its_place(
    name: str, path: str, value: object, where: str, code: str
) -> None:
    with pytest.raises(TariffRefused) as refused:
        checked_tariff(changed(name, path, value))
    assert (where, code) in [(fault.where, fault.code) for fault in refused.value.faults]


@pytest.mark.parametrize("nonsense", [None, [], "tariff", 5, {}, {"lines": {"a": 1}}])
def test_something_that_is_no_tariff_is_refused(nonsense: object) -> None:
    with pytest.raises(TariffRefused) as refused:
        checked_tariff(nonsense)
    assert refused.value.faults


def test_prose_beside_the_price_is_no_fault() -> None:
    assert checked_tariff(document(publisher="the energy office", country="KR")).id == KOREAN


def versions(second_starts: date) -> list[Version]:
    first, second = TARIFFS["kr-kepco-res-lv-2024-07"], TARIFFS[KOREAN]
    return [
        Version(first, first.first_day, first.ends_on),
        Version(second, second_starts, None),
    ]


def test_overlapping_validity_is_refused() -> None:
    with pytest.raises(TariffRefused) as refused:
        check_versions(versions(date(2025, 6, 30)))
    assert [fault.code for fault in refused.value.faults] == ["overlapping_validity"]


def test_a_plan_in_another_currency_is_refused() -> None:
    other = Version(TARIFFS[QUOTA], date(2025, 7, 1), None)
    with pytest.raises(TariffRefused) as refused:
        check_versions([versions(date(2025, 7, 1))[0], other])
    assert "currency_differs" in [fault.code for fault in refused.value.faults]


def test_the_tariff_in_force_changes_on_its_day() -> None:
    found = versions(date(2025, 7, 1))
    check_versions(found)
    assert in_force(date(2025, 6, 30), versions=found) is found[0]
    assert in_force(date(2025, 7, 1), versions=found) is found[1]
    with pytest.raises(NoTariff):
        in_force(date(2024, 6, 30), versions=found)


def test_hours_begin_to_count_with_a_cycle_only() -> None:
    flat = TARIFFS["kr-kepco-edu-a-lv-100kw"]
    for starts_on, codes in ((date(2026, 7, 15), ["periods_differ"]), (date(2026, 7, 1), [])):
        pair = [Version(flat, flat.first_day, starts_on), Version(TARIFFS[TOU], starts_on, None)]
        found = []
        try:
            check_versions(pair)
        except TariffRefused as refused:
            found = [fault.code for fault in refused.faults]
        assert [code for code in found if code == "periods_differ"] == codes
