"""A coupon at the counter: used exactly once, judged in order."""

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from campus.errors import CampusError
from points.coupons import operations
from points.coupons.models import Cafe, Coupon, Redemption, Till
from points.coupons.operations import redeeming
from points.coupons.refusals import (
    AlreadyRedeemed,
    CouponCancelled,
    CouponExpired,
    NotReadable,
    WrongCafe,
)
from points.ledger.models import Transfer
from tests.points.coupons import making as make

pytestmark = pytest.mark.django_db
AT = make.AT
BOUGHT = {"ISSUER": -1000, "WALLET": 700, "COUPON_LIABILITY": 300}
USED = {"ISSUER": -1000, "WALLET": 700, "CAFE": 300}


@pytest.fixture
def cafe() -> Cafe:
    return make.a_cafe()


@pytest.fixture
def till(cafe: Cafe) -> Till:
    return make.a_till(cafe)


@pytest.fixture
def coupon(cafe: Cafe) -> Coupon:
    return make.a_coupon(offer=make.an_offer(cafe=cafe))


def use(coupon: Coupon, till: Till, after: int = 0) -> Redemption:
    at = AT + timedelta(seconds=after)
    return operations.redeem(code=make.qr_of(coupon, at), cafe=coupon.cafe, till=till, at=at)


def test_redeem_moves_the_points_to_the_cafe(coupon: Coupon, till: Till) -> None:
    redemption = use(coupon, till)
    assert make.book() == USED
    assert Coupon.objects.get().state == "REDEEMED"
    assert (redemption.value_minor, redemption.generation) == (3000, 1)
    assert redemption.redeemed_at == AT


def test_redeem_takes_a_typed_code(coupon: Coupon, cafe: Cafe, till: Till) -> None:
    typed = make.typed_of(coupon)
    operations.redeem(code=f"{typed[:4]} {typed[4:]}".lower(), cafe=cafe, till=till, at=AT)
    assert make.book() == USED


def test_a_typed_code_finds_its_coupon_among_others_of_the_same_handle(
    cafe: Cafe, till: Till
) -> None:
    offer = make.an_offer(cafe=cafe, price_cp=100)
    student = make.a_saver()
    three = [make.a_coupon(offer=offer, student=student) for _each in range(3)]
    Coupon.objects.update(handle="AAAA")
    for coupon in three:
        coupon.refresh_from_db()
    operations.redeem(code=make.typed_of(three[1]), cafe=cafe, till=till, at=AT)
    used = Coupon.objects.filter(state="REDEEMED").values_list("pk", flat=True)
    assert list(used) == [three[1].pk]


def test_redeem_refuses_a_second_use_and_says_when_and_where(coupon: Coupon, till: Till) -> None:
    use(coupon, till)
    with pytest.raises(AlreadyRedeemed) as refusal:
        use(coupon, till, after=5)
    assert refusal.value.facts == {"time": "14:00", "at": AT.isoformat(), "here": "true"}
    assert make.book() == USED


def test_another_till_learns_that_it_was_not_used_there(coupon: Coupon, till: Till) -> None:
    use(coupon, till)
    with pytest.raises(AlreadyRedeemed) as refusal:
        use(coupon, make.a_till(coupon.cafe), after=86_400)
    assert refusal.value.facts["here"] == "false"
    assert refusal.value.facts["time"] == "2026-03-03 14:00"


def test_redeem_refuses_a_coupon_of_another_cafe(coupon: Coupon) -> None:
    other = make.a_cafe(name="Moon")
    with pytest.raises(WrongCafe):
        operations.redeem(code=make.qr_of(coupon), cafe=other, till=make.a_till(other), at=AT)
    assert make.book() == BOUGHT
    assert Coupon.objects.get().state == "ISSUED"


def test_a_typed_code_of_another_cafe_is_as_good_as_unknown(coupon: Coupon) -> None:
    other = make.a_cafe(name="Moon")
    with pytest.raises(NotReadable):
        operations.redeem(code=make.typed_of(coupon), cafe=other, till=make.a_till(other), at=AT)
    assert Coupon.objects.get().state == "ISSUED"


def test_another_cafe_learns_nothing_from_a_forged_code(coupon: Coupon) -> None:
    other, code = make.a_cafe(name="Moon"), make.qr_of(coupon)
    forged = code[:-1] + ("A" if code[-1] != "A" else "B")
    with pytest.raises(NotReadable):
        operations.redeem(code=forged, cafe=other, till=make.a_till(other), at=AT)


def test_redeem_refuses_an_expired_coupon(coupon: Coupon, cafe: Cafe, till: Till) -> None:
    at = coupon.expires_at
    with pytest.raises(CouponExpired) as refusal:
        operations.redeem(code=make.qr_of(coupon, at), cafe=cafe, till=till, at=at)
    assert str(refusal.value.facts["on"]) == "2026-04-02"
    just_before = at - timedelta(seconds=1)
    operations.redeem(code=make.qr_of(coupon, just_before), cafe=cafe, till=till, at=just_before)


def test_validity_is_judged_before_use(coupon: Coupon, cafe: Cafe, till: Till) -> None:
    use(coupon, till)
    at = coupon.expires_at
    with pytest.raises(CouponExpired):
        operations.redeem(code=make.qr_of(coupon, at), cafe=cafe, till=till, at=at)


def test_redeem_refuses_a_coupon_that_was_given_back(coupon: Coupon, till: Till) -> None:
    operations.give_back(coupon=coupon, at=AT)
    with pytest.raises(CouponCancelled):
        use(coupon, till)
    assert make.book() == {"ISSUER": -1000, "WALLET": 1000}


@pytest.mark.parametrize("code", ["", "hello", "0000000000", "C1.K1.AAAA.1.BBBB", "٣" * 10])
def test_redeem_refuses_what_is_no_code(code: str, coupon: Coupon, till: Till) -> None:
    with pytest.raises(NotReadable):
        operations.redeem(code=code, cafe=coupon.cafe, till=till, at=AT)


def test_redeem_refuses_a_code_of_two_minutes_ago(coupon: Coupon, till: Till) -> None:
    code = make.qr_of(coupon)
    at = AT + timedelta(minutes=2)
    with pytest.raises(NotReadable):
        operations.redeem(code=code, cafe=coupon.cafe, till=till, at=at)


def test_unknown_forged_and_outdated_codes_are_answered_alike(coupon: Coupon, till: Till) -> None:
    unknown = make.a_coupon()
    Coupon.objects.filter(pk=unknown.pk).update(uid="00000000-0000-7000-8000-000000000001")
    answers = set()
    for code in (
        "?",
        make.forged_of(coupon),
        make.qr_of(unknown),
        make.qr_of(coupon, AT.replace(year=2025)),
    ):
        with pytest.raises(CampusError) as refusal:
            operations.redeem(code=code, cafe=coupon.cafe, till=till, at=AT)
        answers.add((refusal.value.code, refusal.value.words(), str(refusal.value.facts)))
    assert len(answers) == 1


def test_every_refused_scan_is_logged_without_the_code_or_whose_it_is(
    coupon: Coupon, till: Till
) -> None:
    use(coupon, till)
    code = make.qr_of(coupon)
    with capture_logs() as logs, pytest.raises(AlreadyRedeemed):
        operations.redeem(code=code, cafe=coupon.cafe, till=till, at=AT)
    [line] = logs
    assert (line["event"], line["verdict"]) == ("scan_refused", "already_redeemed")
    told = str(line)
    assert code not in told
    assert coupon.holder.profile.nickname not in told
    assert str(coupon.holder.uid) not in told


@pytest.mark.parametrize("faster", ["used", "undone"])
def test_a_till_that_was_overtaken_is_refused(
    faster: str, coupon: Coupon, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What happens between the judgement and the guarded change is judged again."""
    honest, code = redeeming._use, make.qr_of(coupon)

    def overtaken(coupon: Coupon, cafe: Cafe, at: object) -> bool:
        monkeypatch.setattr(redeeming, "_use", honest)
        first = use(coupon, till)
        if faster == "undone":
            operations.undo(redemption=first, till=till, at=AT)
        return honest(coupon, cafe, AT)

    monkeypatch.setattr(redeeming, "_use", overtaken)
    expected = AlreadyRedeemed if faster == "used" else NotReadable
    with pytest.raises(expected):
        operations.redeem(code=code, cafe=coupon.cafe, till=till, at=AT)


def late(coupon: Coupon, till: Till, *, scanned: timedelta, now: timedelta) -> Redemption:
    """A scan that the till kept while the line was down."""
    code = make.qr_of(coupon, AT + scanned)
    at, scanned_at = AT + now, AT + scanned
    return operations.redeem(code=code, cafe=coupon.cafe, till=till, at=at, scanned_at=scanned_at)


def test_a_scan_kept_while_the_line_was_down_is_recorded_as_what_happened(
    coupon: Coupon, till: Till
) -> None:
    redemption = late(coupon, till, scanned=timedelta(0), now=timedelta(hours=11))
    assert redemption.redeemed_at == AT
    assert redemption.recorded_at == AT + timedelta(hours=11)
    transfer = Transfer.objects.get(source_kind="REDEMPTION")
    assert str(transfer.effective_on) == "2026-03-03"
    assert transfer.posted_at == AT + timedelta(hours=11)
    assert make.book() == USED


@pytest.mark.parametrize("scanned", [timedelta(hours=-13), timedelta(minutes=10)])
def test_a_till_cannot_claim_any_moment_it_likes(
    scanned: timedelta, coupon: Coupon, till: Till
) -> None:
    with pytest.raises(NotReadable):
        late(coupon, till, scanned=scanned, now=timedelta(0))
    assert make.book() == BOUGHT


def test_a_code_is_not_proven_by_a_claimed_moment_that_is_not_its_own(
    coupon: Coupon, till: Till
) -> None:
    code = make.qr_of(coupon, AT - timedelta(hours=2))
    claimed = AT - timedelta(hours=1)
    with pytest.raises(NotReadable):
        operations.redeem(code=code, cafe=coupon.cafe, till=till, at=AT, scanned_at=claimed)


def test_a_fresh_code_is_taken_even_if_the_tills_clock_is_wrong(coupon: Coupon, till: Till) -> None:
    wrong = AT - timedelta(hours=3)
    code = make.qr_of(coupon)
    found = operations.redeem(code=code, cafe=coupon.cafe, till=till, at=AT, scanned_at=wrong)
    assert found.redeemed_at == found.recorded_at == AT


def test_what_was_valid_at_the_scan_is_honoured_after_its_last_day(
    coupon: Coupon, till: Till
) -> None:
    last = coupon.expires_at - AT
    minute = timedelta(minutes=1)
    redemption = late(coupon, till, scanned=last - minute, now=last + 5 * minute)
    assert redemption.redeemed_at < coupon.expires_at
    assert make.book() == USED


def test_a_late_scan_of_a_coupon_used_elsewhere_meanwhile_is_a_conflict(
    coupon: Coupon, till: Till
) -> None:
    use(coupon, make.a_till(coupon.cafe), after=600)
    with pytest.raises(AlreadyRedeemed) as refusal:
        late(coupon, till, scanned=timedelta(0), now=timedelta(hours=1))
    assert refusal.value.facts["here"] == "false"
    assert make.book() == USED
