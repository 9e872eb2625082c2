"""The state of a campus as the bodies of answers."""

from datetime import date

from campus.api.texts import told as localised
from points.game import queries
from points.game.models import Drop, GameMap
from points.game.operations import Played
from points.game.rules import book as rules_book
from points.game.rules import levels, state


def map_body(game_map: GameMap, day: date) -> dict[str, object]:
    shown = queries.shown(game_map=game_map, day=day)
    campus = shown.campus
    return {
        **standing(shown.version, campus),
        "uid": shown.uid,
        "seed": shown.seed,
        "rules_version": rules_book.current().version,
        "terrain": shown.terrain,
        "instances": [instance_row(one) for one in campus.instances.values()],
        "drops": [drop_row(drop) for drop in shown.drops],
        "full_today": shown.full_today,
        "chapter": _chapter(shown.chapter),
        "season": shown.season,
    }


def played_body(played: Played, day: date) -> dict[str, object]:
    game_map = played.game_map
    campus = queries.campus_of(game_map=game_map, day=day, named=played.changed)
    drops = queries.drops_of(holder=game_map.holder, named=played.changed)
    instances = [campus.instances[name] for name in campus.instances if name in played.changed]
    body: dict[str, object] = {
        **standing(game_map.version, campus),
        "results": played.results,
        "instances": [instance_row(one) for one in instances],
        "drops": [drop_row(drop) for drop in drops if str(drop.uid) in played.changed],
        "rebased": played.rebased,
    }
    return {**body, "map": map_body(game_map, day)} if played.rebased else body


def standing(version: int, campus: state.Campus) -> dict[str, object]:
    return {
        "version": version,
        "name": campus.name,
        "balances": campus.balances,
        "level": levels.level_of(xp=campus.xp, book=rules_book.current()),
        "xp": campus.xp,
        "parcels": sorted(campus.parcels),
        "visibility": campus.visibility,
        "preview": campus.preview,
        "layouts": [_layout(slot, kept) for slot, kept in sorted(campus.layouts.items())],
    }


def instance_row(one: state.Instance) -> dict[str, object]:
    spot = one.spot
    return {
        "uid": one.id,
        "item": one.item,
        "state": one.state,
        "space": spot.space if spot else state.CAMPUS,
        "x": spot.x if spot else None,
        "y": spot.y if spot else None,
        "rot": spot.rot if spot else 0,
        "level": one.level,
        "currency": one.currency,
        "paid": one.paid,
        "bought_at": one.bought_at,
    }


def drop_row(drop: Drop) -> dict[str, object]:
    return {
        "uid": drop.uid,
        "kind": drop.kind,
        "amount": drop.amount,
        "effective_on": drop.effective_on,
        "state": drop.state,
    }


def _layout(slot: int, kept: state.Layout) -> dict[str, object]:
    spots = {one: {"x": spot.x, "y": spot.y, "rot": spot.rot} for one, spot in kept.spots.items()}
    return {"slot": slot, "name": kept.name, "spots": spots}


def _chapter(season: queries.Season) -> dict[str, object]:
    names = {chapter.id: chapter.name for chapter in rules_book.current().chapters}
    name = localised(names[season.id]) if season.id else ""
    return {"id": season.id, "name": name, "week": season.week, "ends_on": season.ends_on}
