"""What refused scans and undone uses have in common when somebody tries something."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from points.coupons import patterns
from points.coupons.patterns import Alert, Refused, Undone

AT = datetime(2026, 3, 3, 5, 0, tzinfo=UTC)
CAFE = 1


def refused(
    minute: float, *, till: int = 1, verdict: str = "not_readable", mark: str = "", cafe: int = CAFE
) -> Refused:
    at = AT + timedelta(minutes=minute)
    return Refused(at=at, cafe=cafe, till=till, verdict=verdict, mark=mark)


def codes(found: list[Alert]) -> list[str]:
    return [alert.code for alert in found]


def seen(*rows: Refused) -> list[Alert]:
    return patterns.alerts(refused=rows, undone=[])


def test_a_few_refusals_are_nothing_to_speak_of() -> None:
    rows = [refused(minute, mark=f"{minute}") for minute in range(10)]
    assert seen(*rows) == []


def test_one_coupon_refused_at_three_tills_within_a_day_is_told() -> None:
    rows = [refused(60 * n, till=n, mark="a", verdict="already_redeemed") for n in (1, 2, 3)]
    [alert] = seen(*rows)
    assert (alert.code, alert.till, alert.cafe, alert.count) == ("coupon_at_many_tills", None, 1, 3)
    assert (alert.first_at, alert.last_at) == (rows[0].at, rows[-1].at)


def test_three_tills_on_three_days_are_no_pattern() -> None:
    assert seen(*(refused(1440 * n, till=n, mark="a") for n in (1, 2, 3))) == []


def test_three_coupons_at_three_tills_are_no_pattern() -> None:
    assert seen(*(refused(n, till=n, mark=f"{n}") for n in (1, 2, 3))) == []


def test_codes_that_name_no_coupon_are_not_taken_for_one() -> None:
    assert seen(*(refused(n, till=n, mark="") for n in range(6))) == []


def test_tills_of_several_cafes_name_no_cafe() -> None:
    [alert] = seen(*(refused(n, till=n, cafe=n, mark="a") for n in (1, 2, 3)))
    assert alert.cafe is None


def test_one_coupon_refused_five_times_at_a_till_is_told() -> None:
    rows = [refused(n, mark="a", verdict="already_redeemed") for n in range(5)]
    [alert] = seen(*rows)
    assert (alert.code, alert.till, alert.count) == ("coupon_again_and_again", 1, 5)
    assert seen(*rows[:4]) == []


def test_twenty_bad_codes_within_an_hour_are_told_once() -> None:
    rows = [refused(3 * n) for n in range(40)]  # twenty in each hour
    [alert] = seen(*rows)
    assert (alert.code, alert.till, alert.count) == ("many_bad_codes", 1, 20)
    assert seen(*(refused(3.2 * n) for n in range(40))) == []


def test_codes_at_a_locked_till_count_as_bad_ones() -> None:
    rows = [refused(n / 2, verdict="till_locked" if n > 9 else "not_readable") for n in range(20)]
    assert codes(seen(*rows)) == ["many_bad_codes"]


def test_refusals_for_other_reasons_are_no_bad_codes() -> None:
    assert seen(*(refused(n / 2, verdict="coupon_expired") for n in range(30))) == []


def test_wrong_pins_are_told() -> None:
    rows = [refused(n, verdict="wrong_pin" if n < 4 else "pin_locked") for n in range(5)]
    [alert] = seen(*rows)
    assert (alert.code, alert.count) == ("pin_guessing", 5)


def test_many_voids_at_one_till_are_told() -> None:
    rows = [Undone(at=AT + timedelta(hours=n), cafe=CAFE, till=4) for n in range(5)]
    [alert] = patterns.alerts(refused=[], undone=rows)
    assert (alert.code, alert.till, alert.count) == ("many_voids", 4, 5)
    assert patterns.alerts(refused=[], undone=rows[:4]) == []


def test_the_newest_alert_comes_first() -> None:
    early = [refused(n, verdict="wrong_pin") for n in range(5)]
    late = [refused(100 + n, till=2, mark="a", verdict="coupon_expired") for n in range(5)]
    assert codes(seen(*early, *late)) == ["coupon_again_and_again", "pin_guessing"]


ROWS = st.builds(
    refused,
    st.integers(0, 10_000),
    till=st.integers(1, 4),
    verdict=st.sampled_from(["not_readable", "already_redeemed", "wrong_pin", "till_locked"]),
    mark=st.sampled_from(["", "a", "b"]),
)


@given(rows=st.lists(ROWS, max_size=60), data=st.data())
def test_the_order_of_rows_does_not_matter_and_each_till_is_told_once(
    rows: list[Refused], data: st.DataObject
) -> None:
    found = seen(*rows)
    shuffled = data.draw(st.permutations(rows))
    assert sorted(codes(seen(*shuffled))) == sorted(codes(found))
    assert all(alert.first_at <= alert.last_at for alert in found)
    about_tills = [(a.code, a.till) for a in found if not a.code.startswith("coupon_")]
    assert len(set(about_tills)) == len(about_tills)
