"""The mini-campus over HTTP: what a phone sends and gets, and what it may not."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from PIL import Image
from rest_framework.test import APIClient

from points.earning import operations as earning
from points.game.models import Drop, GameMap, Instance
from points.ledger.models import Transfer
from tests import factories
from tests.points.game import making as make

pytestmark = pytest.mark.django_db
MAP, ACTIONS = "/api/v1/game/map/", "/api/v1/game/actions/"
SOME_ID = "00000000-0000-7000-8000-000000000007"  # tests are named by it: it must not vary


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(make.AT, tick=False):
        yield


@pytest.fixture
def phone() -> APIClient:
    """The phone of a student who has never opened the map."""
    profile = factories.a_student()
    earning.install_default_terms(campus=profile.holder.campus, valid_from=factories.SINCE)
    return signed_in(profile.user)


def signed_in(user: Any) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


def send(client: APIClient, *actions: dict[str, Any], **more: Any) -> Any:
    body = {"base_version": 0, "rules_version": make.BOOK.version, "actions": list(actions)}
    return client.post(ACTIONS, body | more, format="json")


def test_the_first_look_shows_land_and_a_welcome(phone: APIClient) -> None:
    shown = phone.get(MAP).json()
    assert len(shown["terrain"]) == 576
    assert [drop["amount"] for drop in shown["drops"]] == [200]
    assert (shown["balances"], shown["level"]) == ({"CP": 0, "SUN": 0}, 1)
    assert (shown["instances"], shown["version"]) == ([], 0)


def test_an_unchanged_map_is_not_sent_again(phone: APIClient) -> None:
    mark = phone.get(MAP).headers["ETag"]
    assert phone.get(MAP, headers={"If-None-Match": mark}).status_code == 304
    send(phone, make.sent("collect", drops="all"))
    assert phone.get(MAP, headers={"If-None-Match": mark}).status_code == 200


def test_collect_build_and_store_in_one_batch(phone: APIClient) -> None:
    buy = make.sent("buy", item="bench", currency="SUN", place={"x": 12, "y": 8, "rot": 2})
    store = make.sent("store", instance=buy["id"])
    answer = send(phone, make.sent("collect", drops="all"), buy, store).json()
    assert [result["code"] for result in answer["results"]] == [None, None, None]
    assert answer["balances"]["SUN"] == 185
    assert [(row["uid"], row["state"]) for row in answer["instances"]] == [(buy["id"], "STORED")]
    assert [row["state"] for row in answer["drops"]] == ["COLLECTED"]
    assert (answer["version"], answer["rebased"]) == (3, False)


def test_an_old_version_gets_the_whole_map_back(phone: APIClient) -> None:
    send(phone, make.sent("rename", name="One"))
    answer = send(phone, make.sent("rename", name="Two")).json()
    assert answer["rebased"]
    assert answer["map"]["name"] == "Two"


def test_the_same_batch_twice_is_answered_twice_and_done_once(phone: APIClient) -> None:
    batch = [
        make.sent("collect", drops="all"),
        make.sent("buy", item="ginkgo", currency="SUN"),
        make.sent("buy", item="bench", currency="SUN"),
    ]
    first, again = send(phone, *batch).json(), send(phone, *batch).json()
    assert again["results"] == first["results"]
    assert (Instance.objects.count(), Transfer.objects.count()) == (2, 3)


def test_a_reused_id_is_a_conflict_and_changes_nothing(phone: APIClient) -> None:
    rename = make.sent("rename", name="One")
    send(phone, rename)
    answer = send(phone, rename | {"name": "Two"})
    assert (answer.status_code, answer.json()["code"]) == (409, "id_reused")
    assert GameMap.objects.get().name == "One"


def test_rules_of_yesterday_are_a_conflict(phone: APIClient) -> None:
    answer = send(phone, make.sent("rename", name="One"), rules_version="2020.1")
    assert (answer.status_code, answer.json()["code"]) == (409, "rules_changed")


@pytest.mark.parametrize(
    "broken",
    [
        {"type": "rename", "name": "x"},
        {"id": "7", "type": "rename", "name": "x"},
        {"id": SOME_ID, "type": "steal"},
        {"id": SOME_ID, "type": "buy", "currency": "SUN"},
        {"id": SOME_ID, "type": "move", "instance": SOME_ID, "x": "a", "y": 1},
        {"id": SOME_ID, "type": "move", "instance": SOME_ID, "x": 10**30, "y": 1},
        {"id": SOME_ID, "type": "collect", "drops": "some"},
        {"id": SOME_ID, "type": "collect", "drops": ["x"]},
        {"id": SOME_ID, "type": "unlock_parcel", "parcel": None},
        {"id": SOME_ID, "type": "rename", "name": {"a": 1}},
        {"id": SOME_ID, "type": "rename", "name": "a\u0000b"},
        [],
        "rename",
        None,
    ],
    ids=str,
)
def test_a_malformed_action_is_refused_with_its_place(phone: APIClient, broken: Any) -> None:
    answer = send(phone, make.sent("rename", name="One"), broken)
    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid"
    assert not GameMap.objects.exclude(name="").exists()


@pytest.mark.parametrize("actions", [[], "all", None, {}, [{}] * 51], ids=str)
def test_a_malformed_batch_is_refused(phone: APIClient, actions: Any) -> None:
    body = {"base_version": 0, "rules_version": make.BOOK.version, "actions": actions}
    assert phone.post(ACTIONS, body, format="json").status_code == 400


def test_a_million_actions_are_refused_before_they_are_read(phone: APIClient) -> None:
    body = b'{"actions": [' + b"{}," * 1_000_000 + b"{}]}"
    answer = phone.post(ACTIONS, body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_forged_prices_are_not_even_looked_at(phone: APIClient) -> None:
    forged = make.sent("buy", item="dorm_lodge", currency="SUN", price=1, paid=0, amount=-5)
    answer = send(phone, make.sent("collect", drops="all"), forged).json()
    assert answer["balances"]["SUN"] == 80


def test_coordinates_far_away_are_out_of_bounds(phone: APIClient) -> None:
    buy = make.sent("buy", item="bench", currency="SUN", place={"x": 999_999, "y": -999_999})
    answer = send(phone, make.sent("collect", drops="all"), buy).json()
    assert answer["results"][1]["code"] == "out_of_bounds"


def test_a_till_has_no_campus() -> None:
    client = signed_in(factories.a_till())
    assert [client.get(path).status_code for path in (MAP, "/api/v1/game/catalogue/")] == [404, 404]


def test_a_stranger_sees_nothing() -> None:
    paths = (MAP, "/api/v1/game/catalogue/", "/api/v1/game/picture.png")
    assert {APIClient().get(path).status_code for path in paths} <= {401, 403}
    assert APIClient().post(ACTIONS, {}, format="json").status_code in {401, 403}


def test_the_catalogue_speaks_the_askers_language(phone: APIClient) -> None:
    items = phone.get("/api/v1/game/catalogue/", headers={"Accept-Language": "ko"}).json()["items"]
    lodge = next(item for item in items if item["id"] == "dorm_lodge")
    assert (lodge["name"], lodge["price"], lodge["cp_price"]) == ("기숙사", 120, 30)


@pytest.mark.parametrize(("size", "pixels"), [("square", (1080, 1080)), ("wide", (1200, 630))])
def test_the_picture_is_kept_until_the_map_changes(
    phone: APIClient, size: str, pixels: tuple[int, int], tmp_path: Any, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    first = phone.get("/api/v1/game/picture.png", {"size": size})
    assert Image.open(make.bytes_of(first)).size == pixels
    mark = first.headers["ETag"]
    again = phone.get("/api/v1/game/picture.png", {"size": size}, headers={"If-None-Match": mark})
    assert again.status_code == 304
    buy = make.sent("buy", item="ginkgo", currency="SUN", place={"x": 9, "y": 9})
    GameMap.objects.update(seed=1)
    send(phone, make.sent("collect", drops="all"), buy)
    later = phone.get("/api/v1/game/picture.png", {"size": size})
    assert later.headers["ETag"] != mark
    assert later.content != first.content
    assert len(list(tmp_path.rglob("*.png"))) == 1


def test_a_drop_tells_its_kind_and_day(phone: APIClient) -> None:
    phone.get(MAP)
    drop = Drop.objects.get()
    [row] = phone.get(MAP).json()["drops"]
    assert row == {
        "uid": str(drop.uid),
        "kind": "welcome",
        "amount": 200,
        "effective_on": "2026-04-07",
        "state": "RIPE",
    }
