"""Cafés, their devices and the parties of statements as a manager of the campus meets them."""

from typing import Any

import pytest
from django.contrib.auth import authenticate
from rest_framework.test import APIClient

from campus.people.models import User
from points.coupons import operations
from points.coupons.models import Cafe, Till
from tests import factories
from tests.points.coupons import making as make
from tests.points.coupons.api.asking import TODAY, post, signed_in

pytestmark = pytest.mark.django_db
CAFES, BUYER, TILLS = "/api/v1/manage/cafes/", "/api/v1/manage/buyer/", "/api/v1/manage/tills/"
DEVICE = {"name": "Bar", "username": "bar-tablet", "password": "a sunny morning"}


@pytest.fixture
def cafe() -> Cafe:
    return make.a_cafe()


@pytest.fixture
def manager() -> APIClient:
    return signed_in(factories.a_manager())


def register(client: APIClient, cafe: Cafe, **fields: Any) -> Any:
    return post(client, f"{CAFES}{cafe.uid}/tills/", {**DEVICE, **fields})


def test_the_parties_of_statements_are_entered_before_the_first_is_closed(
    manager: APIClient, cafe: Cafe
) -> None:
    assert manager.get(CAFES).data["buyer"] is None
    seller = {"legal_name": "Haetsal Co.", "tax_number": "123-45-67890"}
    manager.patch(f"{CAFES}{cafe.uid}/", seller, format="json")
    buyer = {"legal_name": "North University", "tax_number": "987", "pay_after_days": 5}
    told = manager.put(BUYER, buyer, format="json").data
    assert told["buyer"] == {**buyer, "address": ""}
    [row] = told["cafes"]
    assert {name: row[name] for name in seller} == seller
    assert (row["address"], row["tills"]) == ("", [])


def test_a_registered_device_signs_in_and_is_a_till(manager: APIClient, cafe: Cafe) -> None:
    told = register(manager, cafe)
    assert told.status_code == 201
    assert (told.data["username"], told.data["has_pin"]) == ("bar-tablet", False)
    user = authenticate(username="bar-tablet", password="a sunny morning")
    assert isinstance(user, User)
    assert signed_in(user).get(TODAY).status_code == 200
    assert manager.get(CAFES).data["cafes"][0]["tills"] == [told.data]


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"username": "taken"}, 409, "username_taken"),
        ({"password": "short"}, 422, "password_too_weak"),
        ({"username": "two words"}, 400, "invalid"),
    ],
)
def test_a_device_that_cannot_be_is_not_registered(
    manager: APIClient, cafe: Cafe, fields: dict[str, str], status: int, code: str
) -> None:
    factories.a_user(username="taken")
    refused = register(manager, cafe, **fields)
    assert (refused.status_code, refused.data["code"]) == (status, code)
    assert not Till.objects.exists()


def test_a_new_pin_opens_a_locked_till(manager: APIClient, cafe: Cafe) -> None:
    till = make.a_till(cafe, pin="2580")
    Till.objects.update(pin_tries=5, pin_tried_at=make.AT)
    told = post(manager, f"{TILLS}{till.uid}/pin/", {"pin": "4711"})
    assert (told.status_code, told.data["has_pin"]) == (200, True)
    operations.prove_pin(till=till, pin="4711", at=make.AT)
    assert post(manager, f"{TILLS}{till.uid}/pin/", {"pin": "1111"}).data["code"] == "pin_too_weak"


def test_a_retired_till_is_none_any_more_and_gets_no_pin(manager: APIClient, cafe: Cafe) -> None:
    till = make.a_till(cafe)
    told = post(manager, f"{TILLS}{till.uid}/retire/", {})
    assert told.data["retired_at"] is not None
    assert signed_in(till.user).get(TODAY).status_code == 404
    assert post(manager, f"{TILLS}{till.uid}/pin/", {"pin": "4711"}).data["code"] == "till_retired"


def test_a_manager_of_another_campus_finds_none_of_it(cafe: Cafe) -> None:
    till = make.a_till(cafe, pin="2580")
    south = factories.a_residence(campus=factories.a_campus(slug="south"))
    stranger = signed_in(factories.a_manager(residence=south))
    assert stranger.get(CAFES).data == {"cafes": [], "buyer": None}
    assert stranger.patch(f"{CAFES}{cafe.uid}/", {}, format="json").status_code == 404
    assert register(stranger, cafe).status_code == 404
    for way in ("pin", "retire"):
        assert post(stranger, f"{TILLS}{till.uid}/{way}/", {"pin": "4711"}).status_code == 404
    operations.prove_pin(till=till, pin="2580", at=make.AT)
