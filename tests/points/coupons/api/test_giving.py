"""A coupon given to a room-mate over HTTP."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from campus.people import operations as people
from campus.people.models import Profile
from points.coupons import operations
from points.coupons.models import Coupon
from tests import factories
from tests.points.coupons import making as make
from tests.points.coupons.api.asking import post, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_o_clock")]
AT = make.AT
COUPONS = "/api/v1/coupons/"


@pytest.fixture
def pair() -> tuple[Profile, Profile]:
    """A student with points and the room-mate."""
    room = factories.a_room()
    giver, mate = (make.a_saver(nickname=name) for name in ("Willow", "Maple"))
    for student in (giver, mate):
        people.move_in(holder=student.holder, room=room, on=factories.SINCE)
    return giver, mate


def give(client: APIClient, coupon: Coupon, to: object, key: str = "gift-0001") -> Any:
    return post(client, f"{COUPONS}{coupon.uid}/gift/", {"to": str(to)}, key)


def test_a_coupon_can_be_given_to_a_room_mate(pair: tuple[Profile, Profile]) -> None:
    giver, mate = pair
    coupon = make.a_coupon(student=giver)
    mine, theirs = signed_in(giver.user), signed_in(mate.user)
    mates = mine.get(f"{COUPONS}{coupon.uid}/room-mates/").data
    assert mates == [{"uid": str(mate.user.uid), "name": "Maple"}]
    first, again = (give(mine, coupon, mates[0]["uid"]) for _each in range(2))
    assert (first.status_code, first.data) == (200, again.data)
    assert first.data == {
        "uid": str(coupon.uid),
        "title": "Americano",
        "to": "Maple",
        "given_at": "2026-03-03T05:00:10Z",
    }
    assert mine.get(f"{COUPONS}{coupon.uid}/").status_code == 404
    told = theirs.get(f"{COUPONS}{coupon.uid}/").data
    assert (told["state"], told["generation"]) == ("ISSUED", 2)
    assert (told["received"], told["refundable"]) == (True, False)


def test_each_refusal_to_give_has_its_code(pair: tuple[Profile, Profile]) -> None:
    giver, mate = pair
    offer = make.an_offer(per_person=1)
    make.a_coupon(offer=offer, student=mate)
    limited = make.a_coupon(offer=offer, student=giver)
    back = make.a_coupon(student=giver)
    operations.give_back(coupon=back, at=AT)
    mine = signed_in(giver.user)
    stranger = make.a_saver(nickname="Rowan")
    answers = [
        give(mine, limited, mate.user.uid, "gift-0001"),
        give(mine, back, mate.user.uid, "gift-0002"),
        give(mine, limited, stranger.user.uid, "gift-0003"),
        give(mine, limited, "nobody", "gift-0004"),
    ]
    assert [(answer.status_code, answer.data["code"]) for answer in answers] == [
        (409, "room_mate_limit"),
        (409, "not_givable"),
        (404, "not_found"),
        (400, "invalid"),
    ]


def test_somebody_elses_coupon_can_neither_be_given_nor_asked_about(
    pair: tuple[Profile, Profile],
) -> None:
    giver, mate = pair
    foreign = make.a_coupon()
    mine = signed_in(giver.user)
    assert give(mine, foreign, mate.user.uid).status_code == 404
    assert mine.get(f"{COUPONS}{foreign.uid}/room-mates/").status_code == 404
    foreign.refresh_from_db()
    assert foreign.generation == 1


def test_giving_needs_a_key(pair: tuple[Profile, Profile]) -> None:
    giver, mate = pair
    coupon = make.a_coupon(student=giver)
    body = {"to": str(mate.user.uid)}
    answer = signed_in(giver.user).post(f"{COUPONS}{coupon.uid}/gift/", body, format="json")
    assert (answer.status_code, answer.data["code"]) == (400, "idempotency_key_missing")


def test_giving_is_for_students(coupon: Coupon, till: APIClient) -> None:
    for path in ("gift/", "room-mates/"):
        url = f"{COUPONS}{coupon.uid}/{path}"
        method = "POST" if path == "gift/" else "GET"
        assert till.generic(method, url).status_code == 404
        assert APIClient().generic(method, url).status_code == 401
