"""Twenty phones at once, one effect: proven where it can go wrong, on PostgreSQL."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from points.earning import operations as earning
from points.game import operations
from points.game.models import Drop, GameMap, Instance
from points.ledger.models import Transfer
from tests import factories
from tests.points.game import making as make
from tests.points.races import asked, race, tally

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(make.AT, tick=False):
        yield


@pytest.fixture(autouse=True)
def _no_throttle(monkeypatch: pytest.MonkeyPatch) -> None:
    from rest_framework.throttling import SimpleRateThrottle

    monkeypatch.setattr(SimpleRateThrottle, "allow_request", lambda *_: True)


def sending(game_map: GameMap, *actions: dict[str, object]) -> object:
    body = {"base_version": 1, "rules_version": make.BOOK.version, "actions": list(actions)}
    return asked(game_map.holder.profile.user, "game/actions/", body)


def test_twenty_sends_of_one_purchase_give_one_item_and_one_debit() -> None:
    game_map = make.a_player()
    buy = make.sent("buy", item="bench", currency="SUN", place={"x": 9, "y": 9})
    assert tally(race([sending(game_map, buy) for _each in range(20)])) == {(200, ""): 20}
    assert Instance.objects.count() == 1
    assert Transfer.objects.filter(source_kind="GAME_BUY").count() == 1
    assert (make.sun(game_map), make.booked(game_map)) == (185, 185)


def test_twenty_purchases_spend_no_more_than_there_is() -> None:
    game_map = make.a_player()
    buys = [make.sent("buy", item="cosmos", currency="SUN") for _each in range(20)]
    race([sending(game_map, buy) for buy in buys])
    assert Instance.objects.count() == 13
    assert (make.sun(game_map), make.booked(game_map)) == (5, 5)
    game_map.refresh_from_db()
    assert game_map.version == 1 + 13


def test_twenty_things_for_one_cell_leave_one_standing() -> None:
    game_map = make.a_player()
    spot = {"x": 9, "y": 9}
    buys = [make.sent("buy", item="cosmos", currency="SUN", place=spot) for _each in range(20)]
    race([sending(game_map, buy) for buy in buys])
    assert list(Instance.objects.values_list("x", "y")) == [(9, 9)]
    assert make.sun(game_map) == 185


def test_a_drop_is_collected_or_banked_but_never_both() -> None:
    game_map = make.a_player()
    week = make.AT + timedelta(days=7)
    for _round in range(5):
        drop = make.a_drop(holder=game_map.holder, amount=10)
        acts = [sending(game_map, make.sent("collect", drops=[str(drop.uid)])) for _ in range(6)]
        acts += [lambda: operations.bank_untouched(campus=game_map.campus, at=week)] * 3
        race(acts)
        assert Transfer.objects.filter(source_kind="DROP", source_id=str(drop.uid)).count() == 1
    assert not Drop.objects.filter(state="RIPE").exists()
    assert (make.sun(game_map), make.booked(game_map)) == (250, 250)


def test_twenty_first_openings_lay_out_one_map_with_one_welcome() -> None:
    holder = factories.a_student().holder
    earning.install_default_terms(campus=holder.campus, valid_from=factories.SINCE)
    race([lambda: operations.open_map(holder=holder, day=make.DAY, at=make.AT)] * 20)
    assert (GameMap.objects.count(), Drop.objects.count()) == (1, 1)
