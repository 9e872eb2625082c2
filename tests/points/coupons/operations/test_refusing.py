"""What was refused at a counter is written down, and leads to nobody."""

from datetime import datetime, timedelta

import pytest

from campus.errors import CampusError
from points.coupons import operations, queries
from points.coupons.models import Coupon, RefusedScan, Till
from points.coupons.refusals import WrongPin
from tests import factories
from tests.points.coupons import making as make

pytestmark = pytest.mark.django_db
AT = make.AT


@pytest.fixture
def coupon() -> Coupon:
    return make.a_coupon()


@pytest.fixture
def till(coupon: Coupon) -> Till:
    return make.a_till(coupon.cafe)


def refused(
    till: Till, code: str, at: datetime = AT, scanned_at: datetime | None = None
) -> RefusedScan:
    """Redeem a code that must be refused, as the API does."""
    with pytest.raises(CampusError) as refusal:
        operations.redeem(code=code, cafe=till.cafe, till=till, at=at, scanned_at=scanned_at)
    return operations.note_refused_scan(
        till=till, text=code, refusal=refusal.value, at=at, scanned_at=scanned_at
    )


def use(coupon: Coupon, till: Till) -> None:
    operations.redeem(code=make.qr_of(coupon), cafe=coupon.cafe, till=till, at=AT)


def test_a_refused_scan_says_what_where_and_how(coupon: Coupon, till: Till) -> None:
    use(coupon, till)
    row = refused(till, make.qr_of(coupon))
    assert (row.verdict, row.how, row.told_at) == ("already_redeemed", "QR", AT)
    assert (row.cafe, row.till, row.offer) == (coupon.cafe, till, coupon.offer)
    assert row.facts == {"time": "14:00", "at": AT.isoformat(), "here": "true"}


@pytest.mark.parametrize(
    ("code", "how"), [("0000000000", "TYPED"), ("hello", "OTHER"), ("", "OTHER")]
)
def test_what_names_no_coupon_has_no_mark(code: str, how: str, till: Till) -> None:
    row = refused(till, code)
    assert (row.verdict, row.how, row.mark, row.offer) == ("not_readable", how, "", None)


def test_a_row_leads_to_nobody(coupon: Coupon, till: Till) -> None:
    use(coupon, till)
    code = make.qr_of(coupon)
    refused(till, code)
    row = " ".join(map(str, RefusedScan.objects.values_list().get()))
    holder = coupon.holder
    for secret in (code, coupon.uid, coupon.uid.hex, holder.uid, holder.profile.nickname):
        assert str(secret) not in row
    fields = {field.name for field in RefusedScan._meta.get_fields()}
    assert not fields & {"coupon", "holder", "user", "profile"}


def test_rows_about_one_coupon_share_a_mark(coupon: Coupon, till: Till) -> None:
    other = make.a_coupon(offer=coupon.offer)
    for each in (coupon, other):
        use(each, till)
    later = AT + timedelta(seconds=30)
    marks = [
        refused(till, make.qr_of(coupon)).mark,
        refused(till, make.qr_of(coupon, later), later).mark,
        refused(till, make.typed_of(coupon)).mark,
        refused(till, make.qr_of(other)).mark,
    ]
    assert marks[0] == marks[1] == marks[2] != marks[3]
    assert len(marks[0]) == 16


def test_a_forged_code_names_no_item(coupon: Coupon, till: Till) -> None:
    genuine = make.qr_of(coupon)
    row = refused(till, genuine[:-1] + ("A" if genuine[-1] != "A" else "B"))
    assert (row.verdict, row.offer) == ("not_readable", None)
    assert row.mark != ""


def test_a_scan_that_was_kept_and_refused_is_a_conflict(coupon: Coupon, till: Till) -> None:
    use(coupon, make.a_till(coupon.cafe))
    now = AT + timedelta(hours=1)
    kept = refused(till, make.qr_of(coupon), now, scanned_at=AT)
    refused(till, make.qr_of(coupon), AT, scanned_at=AT - timedelta(seconds=20))
    refused(till, make.qr_of(coupon, now), now)
    assert queries.conflicts_of(cafe=coupon.cafe, since=AT) == [kept]
    assert (kept.scanned_at, kept.told_at, kept.offer) == (AT, now, coupon.offer)


def test_conflicts_are_the_cafes_own_and_of_late(coupon: Coupon, till: Till) -> None:
    moon = make.a_till(make.a_cafe(name="Moon"))
    for each in (till, moon):
        refused(each, "0000000000", AT, scanned_at=AT - timedelta(hours=1))
    [own] = queries.conflicts_of(cafe=coupon.cafe, since=AT)
    assert own.till == till
    later = AT + timedelta(seconds=1)
    assert queries.conflicts_of(cafe=coupon.cafe, since=later) == []


def test_a_wrong_pin_is_written_down_without_the_pin(till: Till) -> None:
    row = operations.note_refused_pin(till=till, refusal=WrongPin(left=3), at=AT)
    assert (row.verdict, row.how, row.facts) == ("wrong_pin", "PIN", {})


def test_rows_are_forgotten_after_ninety_days(coupon: Coupon, till: Till) -> None:
    refused(till, "0000000000")
    campus = coupon.cafe.campus
    late = AT + timedelta(days=90)
    assert operations.forget_refused(campus=campus, at=late) == 0
    south = factories.a_campus(slug="south")
    assert operations.forget_refused(campus=south, at=late + timedelta(seconds=1)) == 0
    assert operations.forget_refused(campus=campus, at=late + timedelta(seconds=1)) == 1


def test_a_manager_sees_patterns_of_the_own_campus_with_their_names(
    coupon: Coupon, till: Till
) -> None:
    use(coupon, till)
    tills = [till, *(make.a_till(coupon.cafe, name=f"Bar {n}") for n in range(2))]
    for each in tills:
        refused(each, make.qr_of(coupon))
    [seen] = queries.alerts_of(campus=coupon.cafe.campus, at=AT + timedelta(minutes=1))
    assert (seen.alert.code, seen.alert.count, seen.till) == ("coupon_at_many_tills", 3, None)
    assert seen.cafe is not None
    assert seen.cafe["en"] == "Café Haetsal"
    south = factories.a_campus(slug="south")
    assert queries.alerts_of(campus=south, at=AT + timedelta(minutes=1)) == []
    assert queries.alerts_of(campus=coupon.cafe.campus, at=AT + timedelta(days=8)) == []


def test_voids_with_the_pin_are_a_pattern_too(coupon: Coupon, till: Till) -> None:
    for _each in range(5):
        coupon.refresh_from_db()
        use = operations.redeem(code=make.qr_of(coupon), cafe=coupon.cafe, till=till, at=AT)
        operations.void(redemption=use, till=till, at=AT)
    [seen] = queries.alerts_of(campus=coupon.cafe.campus, at=AT + timedelta(minutes=1))
    assert (seen.alert.code, seen.alert.count, seen.till) == ("many_voids", 5, "Counter")
