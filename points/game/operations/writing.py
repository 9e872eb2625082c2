"""One change of the rules, as rows and as an entry of the book."""

from datetime import date, datetime

from points.game.models import Drop, GameMap, Instance, Layout
from points.game.operations import monuments
from points.game.rules import state
from points.ledger import operations as ledger
from points.ledger import queries as ledger_queries
from points.ledger.models import Account, Asset, Code
from points.ledger.moves import Move

# What is bought -> how the book calls it, and the kind of its source.
PURCHASES = {
    "buy": (Code.ITEM_BOUGHT, "GAME_BUY"),
    "upgrade": (Code.ITEM_UPGRADED, "GAME_UPGRADE"),
    "parcel": (Code.PARCEL_OPENED, "GAME_PARCEL"),
}
RETURN = "GAME_RETURN"
DROP = "DROP"
# How the statement calls sunlight of a kind.
CODES = {
    "saving": Code.SAVING,
    "away": Code.AWAY,
    "activity": Code.ATTENDANCE,
    "average": Code.AVERAGE,
    "welcome": Code.WELCOME,
    "sunshine": Code.SUNSHINE,
    "hold": Code.HOLD,
    "chest": Code.CHEST,
    "help": Code.HELP,
    "coop": Code.COOP,
}


def code_of(*, kind: str) -> str:
    """The word of the statement for a kind of drop."""
    return CODES.get(kind, Code.SAVING)


def write(*, change: state.Change, game_map: GameMap, day: date, at: datetime) -> set[str]:
    """
    Store a change inside the caller's transaction; returns the ids of rows that are new or other.

    :raises NotEnough: if the wallet holds less than is to be paid
    """
    match change:
        case state.Put(instance):
            return _put(instance, game_map)
        case state.Paid():
            _pay(change, game_map, day, at)
        case state.PaidBack():
            _pay_back(change, game_map, day, at)
        case state.Donated(amount, action):
            holder = game_map.holder
            monuments.donate(holder=holder, amount=amount, action=action, day=day, at=at)
        case state.Collected(drop, _):
            return _collect(drop, game_map, at)
        case _:
            _keep(change, game_map, at)
    return set()


def _keep(change: state.Change, game_map: GameMap, at: datetime) -> None:
    """Changes of the map's own row and of its layouts."""
    match change:
        case state.Opened(parcel):
            game_map.parcels = sorted({*game_map.parcels, parcel})
        case state.Named(name):
            game_map.name = name
        case state.Shown(visibility, preview):
            game_map.visibility, game_map.preview = visibility, preview
        case state.Remembered(slot, layout):
            spots = {one: [spot.x, spot.y, spot.rot] for one, spot in layout.spots.items()}
            Layout.objects.update_or_create(
                map=game_map,
                slot=slot,
                defaults={"name": layout.name, "spots": spots, "saved_at": at},
            )
    game_map.save(update_fields=["parcels", "name", "visibility", "preview"])


def _put(instance: state.Instance, game_map: GameMap) -> set[str]:
    spot, bought_at = instance.spot, instance.bought_at
    assert bought_at is not None  # every item was bought
    Instance.objects.update_or_create(
        uid=instance.id,
        map=game_map,
        defaults={
            "item": instance.item,
            "state": instance.state,
            "x": spot.x if spot else None,
            "y": spot.y if spot else None,
            "rot": spot.rot if spot else 0,
            "inside": _building(spot, game_map),
            "level": instance.level,
            "asset": instance.currency,
            "paid": instance.paid,
            "bought_at": bought_at,
        },
    )
    return {instance.id}


def _building(spot: state.Spot | None, game_map: GameMap) -> Instance | None:
    """The building that a spot lies in; None outside and in the store."""
    if spot is None or spot.space == state.CAMPUS:
        return None
    return Instance.objects.get(uid=spot.space, map=game_map)


def _pay(change: state.Paid, game_map: GameMap, day: date, at: datetime) -> None:
    code, source = PURCHASES[change.what]
    about = f"{game_map.uid}:{change.about}" if change.what == "parcel" else change.about
    ledger.spend(
        holder=game_map.holder,
        asset=change.asset,
        amount=change.amount,
        to_kind=Account.Kind.GAME,
        to_holder=ledger.campus_holder(campus=game_map.campus),
        code=code,
        source_kind=source,
        source_id=about,
        at=at,
        effective_on=day,
    )


def _pay_back(change: state.PaidBack, game_map: GameMap, day: date, at: datetime) -> None:
    bought = ledger_queries.transfers_of(source_kind="GAME_BUY", source_id=change.about)
    if bought and bought[0].amount == change.amount:
        # Whole: the purchase is undone, and carbon points go back to the lots they came from.
        ledger.reverse(transfer=bought[0], at=at, code=Code.ITEM_RETURNED, actor=game_map.holder)
    elif change.amount:
        move = _refund(change, game_map, day)
        ledger.post(kind=Code.ITEM_RETURNED, moves=[move], at=at, actor=game_map.holder)


def _refund(change: state.PaidBack, game_map: GameMap, day: date) -> Move:
    game = ledger.account(
        holder=ledger.campus_holder(campus=game_map.campus),
        kind=Account.Kind.GAME,
        asset=change.asset,
    )
    return Move(
        debit=game,
        credit=ledger.wallet(holder=game_map.holder, asset=change.asset),
        amount=change.amount,
        code=Code.ITEM_RETURNED,
        source_kind=RETURN,
        source_id=change.about,
        effective_on=day,
    )


def _collect(drop_id: str, game_map: GameMap, at: datetime) -> set[str]:
    drop = Drop.objects.select_related("award").get(uid=drop_id, holder=game_map.holder)
    ripe = Drop.objects.filter(pk=drop.pk, state=Drop.State.RIPE)
    # By condition, not by what was read: the night may have banked it meanwhile.
    if ripe.update(state=Drop.State.COLLECTED, settled_at=at):
        ledger.credit(
            holder=game_map.holder,
            asset=Asset.SUN,
            amount=drop.amount,
            code=code_of(kind=drop.kind),
            source_kind=DROP,
            source_id=str(drop.uid),
            at=at,
            effective_on=drop.effective_on,
        )
    return {drop_id}
