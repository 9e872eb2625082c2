"""Batches on a student's map: done once, refused without a trace, booked to the last light."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from points.game.models import ActionResult, Instance
from points.game.operations import Wish, play
from points.game.refusals import IdReused, RulesChanged
from points.ledger.models import Transfer
from tests.points.game import making as make
from tests.points.game.making import wish

pytestmark = pytest.mark.django_db


def test_buying_and_placing_is_one_transfer_and_one_instance() -> None:
    game_map = make.a_player()
    uid = make.bought(game_map, "bench", x=9, y=9)
    row = Instance.objects.get()
    assert (row.uid, row.item, row.state, row.x, row.y) == (uid, "bench", "PLACED", 9, 9)
    assert make.sun(game_map) == 185
    entry = Transfer.objects.get(source_kind="GAME_BUY")
    assert (entry.amount, entry.code, entry.source_id) == (15, "ITEM_BOUGHT", str(uid))


def test_each_accepted_action_raises_the_version_by_one() -> None:
    game_map = make.a_player()
    before = game_map.version
    wishes = [
        wish("buy", item="bench", currency="SUN", place={"x": 9, "y": 9}),
        wish("buy", item="bench", currency="SUN", place={"x": 9, "y": 9}),
        wish("rename", name="Ginkgo hill"),
    ]
    played = make.play(game_map, wishes)
    assert make.codes(played) == [None, "overlap", None]
    assert played.game_map.version == before + 2


def test_a_purchase_whose_place_fails_leaves_no_trace() -> None:
    game_map = make.a_player()
    asked = wish("buy", item="bench", currency="SUN", place={"x": 0, "y": 0})
    assert make.codes(make.play(game_map, [asked])) == ["parcel_locked"]
    assert make.sun(game_map) == 200
    assert not Instance.objects.exists()


def test_a_repeated_batch_answers_the_same_and_changes_nothing() -> None:
    game_map = make.a_player()
    batch = [
        wish("buy", item="bench", currency="SUN", place={"x": 9, "y": 9}),
        wish("buy", item="fountain", currency="SUN"),
    ]
    first = make.play(game_map, batch)
    again = make.play(game_map, batch)
    assert again.results == first.results
    assert (again.game_map.version, make.sun(game_map)) == (first.game_map.version, 185)
    assert Instance.objects.count() == 1


def test_an_id_with_another_wish_is_refused_as_a_whole() -> None:
    game_map = make.a_player()
    first = wish("rename", name="One")
    make.play(game_map, [first])
    other = Wish(first.action, "0" * 64)
    with pytest.raises(IdReused):
        make.play(game_map, [wish("rename", name="Two"), other])
    game_map.refresh_from_db()
    assert game_map.name == "One"


def test_nobody_takes_the_id_of_another_students_item() -> None:
    theirs = make.bought(make.a_player(), "bench")
    game_map = make.a_player()
    asked = make.sent("buy", item="bench", currency="SUN") | {"id": str(theirs)}
    form = make.ActionIn(data=asked)
    form.is_valid(raise_exception=True)
    with pytest.raises(IdReused):
        make.play(game_map, [make.wish_of(sent=form.validated_data)])
    assert make.sun(game_map) == 200


def test_another_students_item_is_not_owned() -> None:
    theirs = make.bought(make.a_player(), "bench", x=9, y=9)
    game_map = make.a_player()
    asked = [
        wish("move", instance=str(theirs), x=8, y=8),
        wish("store", instance=str(theirs)),
        wish("return", instance=str(theirs)),
    ]
    for one in asked:
        assert make.codes(make.play(game_map, [one])) == ["not_owned"]
    assert Instance.objects.get().x == 9


def test_another_students_drop_is_not_owned() -> None:
    other = make.a_player(collect=False)
    drop = make.a_drop(holder=other.holder, amount=40)
    game_map = make.a_player()
    asked = wish("collect", drops=[str(drop.uid)])
    assert make.codes(make.play(game_map, [asked])) == ["not_owned"]


def test_rules_of_yesterday_are_refused() -> None:
    game_map = make.a_player()
    with pytest.raises(RulesChanged):
        play(
            game_map=game_map,
            base_version=0,
            rules_version="2025.9",
            wishes=[wish("rename", name="One")],
            at=make.AT,
        )


def test_an_old_base_version_is_tried_and_said() -> None:
    game_map = make.a_player()
    played = play(
        game_map=game_map,
        base_version=0,
        rules_version=make.BOOK.version,
        wishes=[wish("rename", name="One")],
        at=make.AT,
    )
    assert played.rebased
    assert make.codes(played) == [None]


def test_undo_within_ten_minutes_pays_back_everything() -> None:
    game_map = make.a_player()
    uid = str(make.bought(game_map, "dorm_lodge", x=8, y=8))
    undo = [wish("store", instance=uid), wish("return", instance=uid)]
    later = make.AT + timedelta(minutes=10)
    assert make.codes(make.play(game_map, undo, at=later)) == [None, None]
    assert make.sun(game_map) == 200
    assert Instance.objects.get().state == "RETURNED"


def test_a_return_after_ten_minutes_pays_back_half() -> None:
    game_map = make.a_player()
    uid = str(make.bought(game_map, "bench"))
    later = make.AT + timedelta(minutes=11)
    assert make.codes(make.play(game_map, [wish("return", instance=uid)], at=later)) == [None]
    assert make.sun(game_map) == 192


def test_a_returned_lodge_may_be_bought_again() -> None:
    game_map = make.a_player()
    uid = str(make.bought(game_map, "dorm_lodge"))
    make.play(game_map, [wish("return", instance=uid)])
    make.bought(game_map, "dorm_lodge")
    assert make.sun(game_map) == 80


def test_a_parcel_is_paid_and_opened() -> None:
    game_map = make.a_player()
    assert make.codes(make.play(game_map, [wish("unlock_parcel", parcel=1)])) == [None]
    game_map.refresh_from_db()
    assert game_map.parcels == [1, 5, 6, 9, 10]
    assert make.sun(game_map) == 80


def test_an_upgrade_is_paid_and_kept() -> None:
    game_map = make.a_player()
    uid = str(make.bought(game_map, "dorm_lodge", x=8, y=8))
    assert make.codes(make.play(game_map, [wish("upgrade", instance=uid)])) == [None]
    assert (Instance.objects.get().level, make.sun(game_map)) == (2, 8)


def test_collecting_all_twice_gives_once() -> None:
    game_map = make.a_player(collect=False)
    played = make.play(game_map, [wish("collect", drops="all"), wish("collect", drops="all")])
    assert [result["amount"] for result in played.results] == [200, 0]
    assert (make.sun(game_map), make.booked(game_map)) == (200, 200)


def test_a_failed_action_fails_what_leans_on_it_in_the_batch() -> None:
    game_map = make.a_player()
    lodge = wish("buy", item="dorm_lodge", currency="SUN", place={"x": 0, "y": 0})
    move = wish("move", instance=lodge.action.id, x=8, y=8)
    assert make.codes(make.play(game_map, [lodge, move])) == ["parcel_locked", "dependency_failed"]
    assert ActionResult.objects.filter(action__in=[UUID(lodge.action.id)]).count() == 1


def test_an_unknown_instance_is_not_owned() -> None:
    asked = wish("store", instance=str(uuid4()))
    assert make.codes(make.play(make.a_player(), [asked])) == ["not_owned"]
