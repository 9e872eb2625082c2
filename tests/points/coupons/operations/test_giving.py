"""A coupon handed to somebody who shares the room: the holder changes, no points move."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from campus.errors import NotFound
from campus.people import operations as people
from campus.people.models import Profile, Residency
from points.coupons import operations
from points.coupons.models import Coupon, Gift, Offer
from points.coupons.refusals import NotGivable, NotReadable, NotRefundable, RoomMateLimit
from tests import factories
from tests.points.coupons import making as make

pytestmark = pytest.mark.django_db
AT = make.AT
TONIGHT = date(2026, 3, 3)
BOUGHT = {"ISSUER": -2000, "WALLET": 1700, "COUPON_LIABILITY": 300}


@pytest.fixture
def pair() -> tuple[Profile, Profile]:
    """Two savers who share a room."""
    room = factories.a_room()
    giver, mate = (make.a_saver(nickname=name) for name in ("Willow", "Maple"))
    for student in (giver, mate):
        people.move_in(holder=student.holder, room=room, on=factories.SINCE)
    return giver, mate


def give(coupon: Coupon, to: Profile, tonight: date = TONIGHT) -> Gift:
    return operations.give(coupon=coupon, to=to.user.uid, at=AT, tonight=tonight)


def bought(giver: Profile, **fields: object) -> Coupon:
    return make.a_coupon(offer=make.an_offer(**fields), student=giver)


def test_a_gift_changes_the_holder_and_moves_no_points(pair: tuple[Profile, Profile]) -> None:
    giver, mate = pair
    coupon = bought(giver)
    gift = give(coupon, mate)
    coupon.refresh_from_db()
    assert (coupon.holder, coupon.state, coupon.generation) == (mate.holder, "ISSUED", 2)
    assert (gift.giver, gift.receiver, gift.generation) == (giver.holder, mate.holder, 2)
    assert make.book() == BOUGHT


def test_the_givers_phone_makes_no_codes_any_more(pair: tuple[Profile, Profile]) -> None:
    giver, mate = pair
    coupon = bought(giver)
    old, till = make.qr_of(coupon), make.a_till(coupon.cafe)
    give(coupon, mate)
    with pytest.raises(NotReadable):
        operations.redeem(code=old, cafe=coupon.cafe, till=till, at=AT)
    coupon.refresh_from_db()
    operations.redeem(code=make.qr_of(coupon), cafe=coupon.cafe, till=till, at=AT)
    assert make.book()["CAFE"] == 300


def test_only_who_shares_the_room_tonight_can_be_given_to(pair: tuple[Profile, Profile]) -> None:
    giver, mate = pair
    coupon = bought(giver)
    neighbour = factories.a_student(room=factories.a_room())
    for stranger in (neighbour.user.uid, uuid4(), giver.user.uid):
        with pytest.raises(NotFound):
            operations.give(coupon=coupon, to=stranger, at=AT, tonight=TONIGHT)
    stay = Residency.objects.get(holder=mate.holder)
    people.move_out(residency=stay, on=TONIGHT)
    with pytest.raises(NotFound):
        give(coupon, mate)
    give(coupon, mate, tonight=TONIGHT - timedelta(days=1))


def test_who_lives_nowhere_gives_to_nobody(pair: tuple[Profile, Profile]) -> None:
    coupon = make.a_coupon()
    with pytest.raises(NotFound):
        give(coupon, pair[1])
    assert not Gift.objects.exists()


@pytest.mark.parametrize("way", ["used", "given back", "expired", "given"])
def test_what_cannot_be_used_cannot_be_given(way: str, pair: tuple[Profile, Profile]) -> None:
    giver, mate = pair
    coupon = bought(giver)
    stale = Coupon.objects.select_related("offer", "holder").get()
    at = AT
    if way == "used":
        till = make.a_till(coupon.cafe)
        operations.redeem(code=make.qr_of(coupon), cafe=coupon.cafe, till=till, at=AT)
    elif way == "given back":
        operations.give_back(coupon=coupon, at=AT)
    elif way == "given":
        give(coupon, mate)
    else:
        at = coupon.expires_at
    before = make.book(), Gift.objects.count()
    with pytest.raises(NotGivable):
        operations.give(coupon=stale, to=mate.user.uid, at=at, tonight=TONIGHT)
    assert (make.book(), Gift.objects.count()) == before


def test_the_receiver_cannot_turn_it_into_points(pair: tuple[Profile, Profile]) -> None:
    giver, mate = pair
    coupon = bought(giver)
    give(coupon, mate)
    coupon.refresh_from_db()
    with pytest.raises(NotRefundable):
        operations.give_back(coupon=coupon, at=AT)
    assert make.book() == BOUGHT


def test_who_gave_it_away_cannot_take_the_points_back(pair: tuple[Profile, Profile]) -> None:
    giver, mate = pair
    coupon = bought(giver)
    stale = Coupon.objects.select_related("offer", "holder", "cafe__campus").get()
    give(coupon, mate)
    with pytest.raises(NotRefundable):
        operations.give_back(coupon=stale, at=AT)
    assert make.book() == BOUGHT


def test_what_comes_back_to_its_buyer_can_be_refunded(pair: tuple[Profile, Profile]) -> None:
    giver, mate = pair
    coupon = bought(giver)
    for to in (mate, giver):
        give(coupon, to)
        coupon.refresh_from_db()
    operations.give_back(coupon=coupon, at=AT)
    assert make.book() == {"ISSUER": -2000, "WALLET": 2000}


def test_a_gift_counts_for_the_receivers_limit_and_frees_the_givers(
    pair: tuple[Profile, Profile],
) -> None:
    giver, mate = pair
    offer = make.an_offer(per_person=1)
    first = make.a_coupon(offer=offer, student=giver)
    give(first, mate)
    second = make.a_coupon(offer=offer, student=giver)
    with pytest.raises(RoomMateLimit) as refusal:
        give(second, mate)
    assert refusal.value.facts == {"limit": 1}
    assert sorted(Coupon.objects.values_list("holder", "place")) == sorted(
        [(mate.holder_id, 1), (giver.holder_id, 1)]
    )


def test_a_gift_takes_nothing_from_the_stock(pair: tuple[Profile, Profile]) -> None:
    give(bought(pair[0], left=3), pair[1])
    assert Offer.objects.get().left == 2


def test_a_use_that_is_undone_after_a_gift_stays_the_receivers(
    pair: tuple[Profile, Profile],
) -> None:
    giver, mate = pair
    coupon = bought(giver)
    give(coupon, mate)
    coupon.refresh_from_db()
    till = make.a_till(coupon.cafe)
    use = operations.redeem(code=make.qr_of(coupon), cafe=coupon.cafe, till=till, at=AT)
    operations.undo(redemption=use, till=till, at=AT)
    coupon.refresh_from_db()
    assert (coupon.holder, coupon.generation, coupon.state) == (mate.holder, 3, "ISSUED")
    assert make.book() == BOUGHT
