"""
What each action does to a campus: a pure judge from (campus, action, moment) to changes, or a
refusal.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from points.game.rules import catalogue, placement
from points.game.rules.book import Book
from points.game.rules.state import (
    BANKED,
    CAMPUS,
    COLLECTED,
    PLACED,
    RETURNED,
    RIPE,
    STORED,
    Campus,
    Change,
    Collected,
    Donated,
    Instance,
    Layout,
    Named,
    Opened,
    Paid,
    PaidBack,
    Put,
    Refused,
    Remembered,
    Shown,
    Spot,
    Watered,
    changed,
)

Changes = tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """
    One wish of the student, already of the right form; fields that its type does not use stay
    empty.
    """

    id: str
    type: str
    item: str = ""
    currency: str = catalogue.SUN
    instance: str = ""
    spot: Spot | None = None
    parcel: int = -1
    drops: tuple[str, ...] | None = None
    name: str = ""
    owner: str = ""
    amount: int = 0
    slot: int = -1
    visibility: str = ""
    preview: bool = False


def judge(*, campus: Campus, action: Action, at: datetime, book: Book) -> Changes:
    """
    The changes that `action` makes; a bought instance takes the action's id.

    :raises Refused: with the first code of game.md, section 8, that applies
    """
    return _JUDGES[action.type](campus, action, at, book)


def known(*, kind: str) -> bool:
    """Whether an action of this type exists."""
    return kind in _JUDGES


def _buy(campus: Campus, action: Action, at: datetime, book: Book) -> Changes:
    cost = catalogue.check_buy(
        campus=campus, item_id=action.item, currency=action.currency, book=book
    )
    bought = Instance(
        id=action.id, item=action.item, currency=action.currency, paid=cost, bought_at=at
    )
    pay = Paid(asset=action.currency, amount=cost, what="buy", about=bought.id)
    if action.spot is None:
        return pay, Put(bought)
    placement.check(campus=campus, instance=bought, spot=action.spot, book=book)
    return pay, Put(placement.placed(instance=bought, spot=action.spot))


def _place(campus: Campus, action: Action, at: datetime, book: Book) -> Changes:
    return _stand(campus, action, book, STORED)


def _move(campus: Campus, action: Action, at: datetime, book: Book) -> Changes:
    return _stand(campus, action, book, PLACED)


def _stand(campus: Campus, action: Action, book: Book, state: str) -> Changes:
    one = _own(campus, action.instance, state)
    _refuse_dependants(campus, one, book)
    spot = action.spot or Spot(x=-1, y=-1)
    placement.check(campus=campus, instance=one, spot=spot, book=book)
    return (Put(placement.placed(instance=one, spot=spot)),)


def _store(campus: Campus, action: Action, at: datetime, book: Book) -> Changes:
    one = _own(campus, action.instance, PLACED)
    _refuse_dependants(campus, one, book)
    return (Put(replace(one, state=STORED, spot=None)),)


def _return(campus: Campus, action: Action, at: datetime, book: Book) -> Changes:
    one = _own(campus, action.instance, STORED)
    if one.gift:
        raise Refused("not_returnable")
    inside = placement.in_space(campus=campus, space=one.id)
    # What stood in a returned building goes back to the store: items never vanish.
    kept = tuple(Put(replace(thing, state=STORED, spot=None)) for thing in inside)
    gone = Put(replace(one, state=RETURNED))
    return (
        PaidBack(asset=one.currency, amount=refund(instance=one, at=at, book=book), about=one.id),
        *kept,
        gone,
    )


def refund(*, instance: Instance, at: datetime, book: Book) -> int:
    """
    What a return pays back at `at`: all within 10 minutes of buying, half later, rounded down;
    never upgrades.
    """
    fresh = timedelta(minutes=book.prices.return_full_minutes)
    if instance.bought_at is not None and at - instance.bought_at <= fresh:
        return instance.paid
    return instance.paid * book.prices.return_later_percent // 100


def _upgrade(campus: Campus, action: Action, at: datetime, book: Book) -> Changes:
    one = _own(campus, action.instance, STORED, PLACED)
    item = book.items[one.item]
    if item.category != "building":
        raise Refused("wrong_target")
    if one.level > len(book.prices.upgrade_percent):
        raise Refused("max_level")
    cost = catalogue.upgrade_price(item=item, to_level=one.level + 1, book=book)
    catalogue.check_balance(campus=campus, asset=catalogue.SUN, amount=cost)
    better = replace(one, level=one.level + 1)
    return Paid(
        asset=catalogue.SUN, amount=cost, what="upgrade", about=f"{one.id}:{better.level}"
    ), Put(better)


def _unlock_parcel(campus: Campus, action: Action, at: datetime, book: Book) -> Changes:
    around = (
        set(placement.neighbours(parcel=action.parcel, book=book))
        if 0 <= action.parcel < _parcels(book)
        else set()
    )
    if not around & campus.parcels:
        raise Refused("not_adjacent")
    if action.parcel in campus.parcels:
        raise Refused("already_open")
    cost = catalogue.parcel_price(campus=campus, book=book)
    catalogue.check_balance(campus=campus, asset=catalogue.SUN, amount=cost)
    return Paid(asset=catalogue.SUN, amount=cost, what="parcel", about=str(action.parcel)), Opened(
        action.parcel
    )


def _collect(campus: Campus, action: Action, at: datetime, book: Book) -> Changes:
    wanted = action.drops
    if wanted is None:
        wanted = tuple(drop.id for drop in campus.drops.values() if drop.state == RIPE)
    if any(drop not in campus.drops for drop in wanted):
        raise Refused("not_owned")
    found = [campus.drops[drop] for drop in dict.fromkeys(wanted)]
    if any(drop.state not in (RIPE, COLLECTED, BANKED) for drop in found):
        raise Refused("not_ripe")
    return tuple(Collected(drop.id, drop.amount) for drop in found if drop.state == RIPE)


def _rename(campus: Campus, action: Action, at: datetime, book: Book) -> Changes:
    return (Named(_name(action.name, book)),)


def _name(wanted: str, book: Book) -> str:
    """The name without needless spaces; refuses what is too long, unprintable or unkind."""
    name = " ".join(wanted.split())
    bare = "".join(one for one in name.lower() if one.isalnum())
    if not book.name.min <= len(name) <= book.name.max or not name.isprintable():
        raise Refused("bad_name")
    if any(word in bare for word in book.name.blocked):
        raise Refused("bad_name")
    return name


def _visibility(campus: Campus, action: Action, at: datetime, book: Book) -> Changes:
    return (Shown(action.visibility, action.preview),)


def _layout_save(campus: Campus, action: Action, at: datetime, book: Book) -> Changes:
    if not 0 <= action.slot < book.layout_slots:
        raise Refused("no_layout")
    outside = placement.in_space(campus=campus, space=CAMPUS)
    spots = {one.id: one.spot for one in outside if one.spot is not None}
    return (Remembered(action.slot, Layout(_name(action.name, book), spots)),)


def _layout_load(campus: Campus, action: Action, at: datetime, book: Book) -> Changes:
    """All outside goes to the store, then what is still owned goes back to where it stood."""
    layout = campus.layouts.get(action.slot)
    if layout is None:
        raise Refused("no_layout")
    outside = placement.in_space(campus=campus, space=CAMPUS)
    cleared = tuple(Put(replace(one, state=STORED, spot=None)) for one in outside)
    after = changed(campus=campus, changes=cleared)
    for one in _in_building_order(after, layout, book):
        spot = layout.spots[one.id]
        if placement.why_not(campus=after, instance=one, spot=spot, book=book) is None:
            put = Put(placement.placed(instance=one, spot=spot))
            after = changed(campus=after, changes=(put,))
    moved = (one for one in after.instances.values() if one != campus.instances[one.id])
    return tuple(Put(one) for one in sorted(moved, key=lambda one: one.id))


def _in_building_order(campus: Campus, layout: Layout, book: Book) -> list[Instance]:
    """What the layout speaks of and is still owned; ponds first, because a lotus needs one."""
    known = (campus.instances.get(name) for name in layout.spots)
    owned = (one for one in known if one is not None and one.state == STORED)
    return sorted(owned, key=lambda one: (not book.items[one.item].makes_water, one.id))


def _water(campus: Campus, action: Action, at: datetime, book: Book) -> Changes:
    met, rule = campus.neighbours.get(action.owner), book.faucets["help"]
    if met is None or not met.open:
        raise Refused("forbidden")
    if action.instance not in met.plants:
        raise Refused("wrong_target")
    too_much = campus.given_today >= rule["given_a_day"]
    if too_much or met.watered_today or met.received_today >= rule["received_a_day"]:
        raise Refused("limit_reached")
    return (Watered(action.owner, action.instance),)


def _donate(campus: Campus, action: Action, at: datetime, book: Book) -> Changes:
    if action.amount < 1:
        raise Refused("insufficient")
    catalogue.check_balance(campus=campus, asset=catalogue.SUN, amount=action.amount)
    if not campus.monument_open:
        raise Refused("closed")
    return (Donated(action.amount, action.id),)


def _own(campus: Campus, instance_id: str, *states: str) -> Instance:
    one = campus.instances.get(instance_id)
    if one is None:
        raise Refused("not_owned")
    if one.state not in states:
        raise Refused("wrong_state")
    return one


def _refuse_dependants(campus: Campus, one: Instance, book: Book) -> None:
    if placement.rests_on(campus=campus, instance=one, book=book):
        raise Refused("has_dependants")


def _parcels(book: Book) -> int:
    return (book.map.size // book.map.parcel) ** 2


_JUDGES: dict[str, Callable[[Campus, Action, datetime, Book], Changes]] = {
    "buy": _buy,
    "place": _place,
    "move": _move,
    "store": _store,
    "return": _return,
    "upgrade": _upgrade,
    "unlock_parcel": _unlock_parcel,
    "collect": _collect,
    "rename": _rename,
    "visibility": _visibility,
    "layout_save": _layout_save,
    "layout_load": _layout_load,
    "water": _water,
    "donate": _donate,
}


def applied(*, campus: Campus, action: Action, at: datetime, book: Book) -> Campus:
    """
    The campus after `action`.

    :raises Refused: as `judge`
    """
    return changed(campus=campus, changes=judge(campus=campus, action=action, at=at, book=book))
