"""The golden cases that the client's rules must answer in the same way."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from points.game.rules import amounts, batch, book, levels, order, scene, terrain
from points.game.rules.actions import Action
from points.game.rules.state import Campus, Drop, Instance, Layout, Neighbour, Spot

VECTORS = Path(__file__).resolve().parents[3] / "vectors" / "game"
BOOK = book.current()


def _cases(name: str) -> list[Any]:
    cases: list[Any] = json.loads((VECTORS / name).read_text(encoding="utf-8"))["cases"]
    return cases


ACTIONS = json.loads((VECTORS / "actions.json").read_text(encoding="utf-8"))
AT = datetime.fromisoformat(ACTIONS["at"])


def _spot(row: dict[str, Any] | None) -> Spot | None:
    return Spot(**row) if row else None


def _instance(row: dict[str, Any]) -> Instance:
    bought = row.get("bought_at")
    return Instance(
        **{**row, "spot": _spot(row.get("spot"))}
        | {"bought_at": datetime.fromisoformat(bought) if bought else None}
    )


def _campus(case: dict[str, Any]) -> Campus:
    world = {**ACTIONS["worlds"][case["world"]], **case.get("with", {})}
    return Campus(
        ground=tuple(world["ground"]),
        parcels=frozenset(world["parcels"]),
        balances=world["balances"],
        xp=world["xp"],
        name=world["name"],
        drops={row["id"]: Drop(**row) for row in world.get("drops", [])},
        instances={row["id"]: _instance(row) for row in case["instances"]},
        chapter=world.get("chapter", ""),
        layouts={int(slot): _layout(row) for slot, row in world.get("layouts", {}).items()},
        neighbours={
            name: Neighbour(**{**row, "plants": frozenset(row["plants"])})
            for name, row in world.get("neighbours", {}).items()
        },
        given_today=world.get("given_today", 0),
        monument_open=world.get("monument_open", False),
    )


def _layout(row: dict[str, Any]) -> Layout:
    return Layout(row["name"], {name: Spot(**spot) for name, spot in row["spots"].items()})


def _action(row: dict[str, Any]) -> Action:
    drops = row.get("drops")
    kept = {**row, "spot": _spot(row.get("spot")), "drops": tuple(drops) if drops else None}
    return Action(**kept)


def _where(instance: Instance) -> str | None:
    spot = instance.spot
    if spot is None:
        return None
    if spot.space != "campus":
        return f"{spot.x},{spot.y},{spot.rot},{spot.space}"
    return f"{spot.x},{spot.y},{spot.rot}" if spot.rot else f"{spot.x},{spot.y}"


@pytest.mark.parametrize("case", ACTIONS["cases"], ids=lambda case: case["name"])
def test_actions_answer_as_the_golden_case_says(case: dict[str, Any]) -> None:
    before = campus = _campus(case)
    codes: list[str | None] = []
    for outcome, after in batch.run(
        campus=campus, actions=[_action(row) for row in case["actions"]], at=AT, book=BOOK
    ):
        codes.append(outcome.code)
        campus = after
    assert codes == case["codes"]
    _check_after(case.get("after", {}), campus, before)


def _check_after(after: dict[str, Any], campus: Campus, before: Campus) -> None:
    assert {key: _where(campus.instances[key]) for key in after.get("where", {})} == after.get(
        "where", {}
    )
    states = after.get("states", {})
    assert {key: campus.instances[key].state for key in states} == states
    assert dict(campus.balances) == after.get("balances", dict(campus.balances))
    assert sorted(campus.parcels) == after.get("parcels", sorted(before.parcels))
    assert campus.xp == after.get("xp", campus.xp)
    assert campus.visibility == after.get("visibility", before.visibility)
    assert campus.name == after.get("name", before.name)
    assert not set(after.get("gone", [])) & set(campus.instances)


FORMULAS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "saving": lambda c: amounts.saving(share=c["share"], book=BOOK),
    "mean": lambda c: amounts.mean_saving(days=c["days"], book=BOOK),
    "day": lambda c: amounts.day_amount(
        share=c["share"], hold=c["hold"], away=c["away"], book=BOOK
    ),
    "pv": lambda c: amounts.pv_day(yield_wh=c["yield_wh"], p90_wh=c["p90_wh"], book=BOOK),
    "split": lambda c: amounts.pv_split(amount=c["amount"], yields_wh=c["yields_wh"]),
    "chest": lambda c: amounts.chest_need(away_days=c["away_days"], book=BOOK),
    "granted": lambda c: amounts.granted(
        wanted=c["wanted"], today=c["today"], week=c["week"], book=BOOK
    ),
    "level": lambda c: levels.level_of(xp=c["xp"], book=BOOK),
    "xp": lambda c: levels.xp_needed(level=c["level"], book=BOOK),
}


@pytest.mark.parametrize("case", _cases("amounts.json"), ids=str)
def test_amounts_answer_as_the_golden_case_says(case: dict[str, Any]) -> None:
    assert FORMULAS[case["f"]](case) == pytest.approx(case["is"], abs=1e-12)


@pytest.mark.parametrize("case", _cases("order.json"), ids=lambda case: case["name"])
def test_draw_order_is_the_golden_one(case: dict[str, Any]) -> None:
    blocks = [order.Block(**row) for row in case["blocks"]]
    assert order.object_order(blocks=blocks) == case["objects"]
    assert order.object_order(blocks=blocks[::-1]) == case["objects"]
    if "ground" in case:
        assert order.ground_order(blocks=blocks) == case["ground"]


@pytest.mark.parametrize("case", _cases("terrain.json"), ids=lambda case: str(case["seed"]))
def test_terrain_grows_as_the_golden_rows(case: dict[str, Any]) -> None:
    assert list(terrain.rows(seed=case["seed"])) == case["rows"]


def _standing(row: dict[str, Any]) -> Instance:
    placed = row["state"] == "PLACED"
    spot = Spot(row["x"], row["y"], row["rot"]) if placed else None
    return Instance(row["id"], row["item"], row["state"], spot, row["level"])


@pytest.mark.parametrize("case", _cases("scene.json"), ids=lambda case: case["name"])
def test_the_scene_is_the_golden_list(case: dict[str, Any]) -> None:
    campus = Campus(
        ground=terrain.rows(seed=case["seed"]),
        parcels=frozenset(case["parcels"]),
        instances={row["id"]: _standing(row) for row in case["instances"]},
    )
    drawn = scene.scene(campus=campus, seed=case["seed"], book=BOOK)
    assert [f"{one.frame} {one.x} {one.y}" for one in drawn] == case["draws"]
