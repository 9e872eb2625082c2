"""Players for the tests of the game: a student, a map on known land, sunlight to spend."""

from datetime import UTC, date, datetime
from io import BytesIO
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from campus.people.models import Holder
from points.earning import operations as earning
from points.earning.models import Award, RuleTerms
from points.game import operations
from points.game.models import Drop, GameMap
from points.game.operations import Played, Wish, dropping
from points.game.rules import book as rules_book
from points.game.wishes import ActionIn, wish_of
from points.ledger import queries as ledger
from points.ledger.models import Account, Transfer
from tests import factories

AT = datetime(2026, 4, 7, 3, tzinfo=UTC)
DAY = date(2026, 4, 7)
BOOK = rules_book.current()
_number = count(1)


def a_player(*, sun: int = 0, collect: bool = True) -> GameMap:
    """A student whose map lies on the land of seed 1, with the welcome and `sun` collected."""
    holder = factories.a_student().holder
    earning.install_default_terms(campus=holder.campus, valid_from=factories.SINCE)
    game_map = operations.open_map(holder=holder, day=DAY, at=AT)
    GameMap.objects.filter(pk=game_map.pk).update(seed=1)
    game_map.refresh_from_db()
    if sun:
        a_drop(holder=holder, amount=sun)
    if collect:
        play(game_map, [wish("collect", drops="all")])
        game_map.refresh_from_db()
    return game_map


def an_award(*, holder: Holder, amount: int, fact: str = "", revision: int = 1) -> Award:
    """Sunlight awarded for a day of saving, not yet a drop."""
    terms = RuleTerms.objects.filter(campus=holder.campus, rule="daily_saving").get()
    return Award.objects.create(
        rule="daily_saving",
        fact_key=fact or f"fact{next(_number)}",
        holder=holder,
        revision=revision,
        asset="SUN",
        amount=amount,
        terms=terms,
        effective_on=DAY,
        facts={"kind": "saving"},
        awarded_at=AT,
    )


def a_drop(*, holder: Holder, amount: int, fact: str = "", at: datetime = AT) -> Drop:
    """A ripe drop."""
    award = an_award(holder=holder, amount=amount, fact=fact)
    dropping.ripen_awards(awards=[award], at=at)
    return Drop.objects.get(award=award)


def sent(kind: str, **fields: Any) -> dict[str, Any]:
    """An action as a client sends it, under an id of its own."""
    return {"id": str(uuid4()), "type": kind, **fields}


def wish(kind: str, **fields: Any) -> Wish:
    """An action that passed the form."""
    form = ActionIn(data=sent(kind, **fields))
    form.is_valid(raise_exception=True)
    return wish_of(sent=form.validated_data)


def play(game_map: GameMap, wishes: list[Wish], *, at: datetime = AT) -> Played:
    """A batch against the present version."""
    game_map.refresh_from_db()
    return operations.play(
        game_map=game_map,
        base_version=game_map.version,
        rules_version=BOOK.version,
        wishes=wishes,
        at=at,
    )


def codes(played: Played) -> list[object]:
    """The code of each answer, None where it was done."""
    return [result["code"] for result in played.results]


def bought(game_map: GameMap, item: str, **place: int) -> UUID:
    """Buy one, placed where `x` and `y` say; returns its id."""
    fields: dict[str, Any] = {"place": place} if place else {}
    asked = wish("buy", item=item, currency="SUN", **fields)
    assert codes(play(game_map, [asked])) == [None]
    return UUID(asked.action.id)


def sun(game_map: GameMap) -> int:
    """What the wallet holds."""
    return ledger.balances(holder=game_map.holder)["SUN"]


def booked(game_map: GameMap) -> int:
    """What the transfers say the wallet holds."""
    wallet = Account.objects.get(holder=game_map.holder, kind="WALLET", asset="SUN")
    rows = Transfer.objects.filter(wallet=wallet)
    return sum(row.amount if row.credit_id == wallet.pk else -row.amount for row in rows)


def bytes_of(answer: Any) -> BytesIO:
    """The body of an answer as a file."""
    return BytesIO(answer.content)
