"""What one leaves on another's campus: water for a plant, a card. Nothing is ever taken."""

from collections.abc import Iterable
from datetime import date, datetime

from campus.people.models import Holder
from points.earning import operations as earning
from points.game.models import Card, GameMap, Instance, Watering
from points.game.operations import dropping


def water(
    *, giver: Holder, owner: str, instance: str, day: date, at: datetime
) -> tuple[Holder, str]:
    """
    Water a plant inside the caller's transaction.

    Returns whom it helped and how the help is named; both sides are thanked when the batch is done.
    """
    game_map = GameMap.objects.select_related("holder__campus").get(uid=owner)
    plant = Instance.objects.get(map=game_map, uid=instance)
    Watering.objects.create(map=game_map, giver=giver, plant=plant, day=day, at=at)
    return game_map.holder, f"{day}:{giver.pk}>{game_map.pk}"


def thank(*, helped: Iterable[tuple[Holder, str]], day: date, at: datetime) -> None:
    """A little sunlight for both sides of each help; wallets are locked in one order."""
    for holder, fact in sorted(helped, key=lambda pair: (pair[0].pk, pair[1])):
        awards = earning.award(
            rule="helping", fact_key=fact, holder=holder, fact={}, day=day, at=at
        )
        dropping.ripen_awards(awards=[one for one in awards if not hasattr(one, "drop")], at=at)


def leave_card(*, giver: Holder, game_map: GameMap, kind: str, at: datetime) -> Card:
    """Leave a kind word; another one replaces it. Who may visit was judged by the caller."""
    card, _new = Card.objects.update_or_create(
        map=game_map, giver=giver, defaults={"kind": kind, "at": at}
    )
    return card
