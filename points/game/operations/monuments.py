"""Building the monument of a dorm: sunlight given, sunlight left over, tiers reached together."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from campus.people import queries as people
from campus.people.models import Holder
from campus.places import queries as places
from campus.places.models import Campus, Residence, Term
from points.earning import operations as earning
from points.game import queries
from points.game.models import Contribution, Drop, Monument
from points.game.queries.monuments import players_of, targets
from points.game.rules import book as rules_book
from points.ledger import operations as ledger
from points.ledger.models import Account, Asset, Code
from points.ledger.moves import Move

CHUNK = 200
DROP = "DROP"


def begun(*, residence: Residence, term: Term, holder: Holder, day: date) -> Monument:
    """The monument of a dorm in a term, begun with its first gift."""
    found, _new = Monument.objects.get_or_create(
        residence=residence,
        term=term,
        defaults={
            "players": players_of(residence_id=residence.pk, holder=holder, day=day),
            "counted_on": day,
        },
    )
    return found


def contribute(
    *, monument: Monument, holder: Holder, amount: int, kind: str, source: UUID, at: datetime
) -> None:
    """Build a gift into the monument, inside the caller's transaction; its book entry is theirs."""
    gift = Contribution(
        monument=monument, holder=holder, kind=kind, amount=amount, source=source, at=at
    )
    _build_in(monument, [gift])


def _build_in(monument: Monument, gifts: Sequence[Contribution]) -> None:
    Contribution.objects.bulk_create(gifts)
    built = F("built") + sum(gift.amount for gift in gifts)
    Monument.objects.filter(pk=monument.pk).update(built=built)


def gift_untouched(*, campus: Campus, day: date, at: datetime) -> int:
    """
    Let roof light that nobody touched for three days go to the dorms; returns how many drops.

    Whoever lives in no dorm of this campus keeps it: their drops are banked like all others.
    """
    term = places.term_on(campus=campus, day=day)
    if term is None:
        return 0
    before = at - timedelta(hours=rules_book.current().drops.gift_after_hours)
    due = Drop.objects.filter(
        holder__campus=campus, kind="sunshine", state=Drop.State.RIPE, ripe_at__lte=before
    )
    rows = list(due.select_related("holder__campus").order_by("pk"))
    if not rows:
        return 0
    homes = {
        holder: room
        for room, holders in people.residents_on(campus=campus, day=day).items()
        for holder in holders
    }
    residences = {room.room_id: room.residence_id for room in places.rooms_of(campus=campus)}
    dorms: dict[int, list[Drop]] = defaultdict(list)
    for row in rows:
        if row.holder_id in homes:
            dorms[residences[homes[row.holder_id]]].append(row)
    return sum(_gift(pk, some, term, day, at) for pk, some in sorted(dorms.items()))


def _gift(residence_id: int, drops: Sequence[Drop], term: Term, day: date, at: datetime) -> int:
    residence = Residence.objects.get(pk=residence_id)
    monument = begun(residence=residence, term=term, holder=drops[0].holder, day=day)
    parts = (drops[first : first + CHUNK] for first in range(0, len(drops), CHUNK))
    return sum(_gift_some(monument, part, at) for part in parts)


@transaction.atomic
def _gift_some(monument: Monument, drops: Sequence[Drop], at: datetime) -> int:
    names = [drop.pk for drop in drops]
    held = Drop.objects.select_for_update().filter(pk__in=names, state=Drop.State.RIPE)
    taken = list(held.select_related("holder__campus").order_by("pk"))
    if not taken:
        return 0
    Drop.objects.filter(pk__in=[drop.pk for drop in taken]).update(
        state=Drop.State.GIFTED, settled_at=at
    )
    ledger.post(kind=Code.MONUMENT, moves=[_move(drop) for drop in taken], at=at)
    gifts = [
        Contribution(
            monument=monument,
            holder=drop.holder,
            kind=Contribution.Kind.GIFTED,
            amount=drop.amount,
            source=drop.uid,
            at=at,
        )
        for drop in taken
    ]
    _build_in(monument, gifts)
    return len(taken)


def _move(drop: Drop) -> Move:
    campus = drop.holder.campus
    return Move(
        debit=ledger.issuer(campus=campus, asset=Asset.SUN),
        credit=ledger.account(
            holder=ledger.campus_holder(campus=campus), kind=Account.Kind.GAME, asset=Asset.SUN
        ),
        amount=drop.amount,
        code=Code.MONUMENT,
        source_kind=DROP,
        source_id=str(drop.uid),
        effective_on=drop.effective_on,
    )


def reward(*, campus: Campus, day: date, at: datetime) -> None:
    """Count the players of each dorm anew on Sundays, and thank all residents for each new tier."""
    term = places.term_on(campus=campus, day=day)
    if term is None:
        return
    for monument in Monument.objects.filter(term=term, residence__campus=campus).order_by("pk"):
        _thank(monument, campus, day, at)
        if day.weekday() == 6:
            _count(monument, campus, day)


def _thank(monument: Monument, campus: Campus, day: date, at: datetime) -> None:
    reached = sum(monument.built >= each for each in targets(players=monument.players))
    if reached <= monument.tiers:
        return
    for tier in range(monument.tiers + 1, reached + 1):
        for holder in _residents(monument, campus, day):
            earning.award(
                rule="monument",
                fact_key=f"{monument.pk}:{tier}",
                holder=holder,
                fact={"tier": tier},
                day=day,
                at=at,
            )
    Monument.objects.filter(pk=monument.pk).update(tiers=reached)


def _residents(monument: Monument, campus: Campus, day: date) -> list[Holder]:
    rooms = set(monument.residence.rooms.values_list("pk", flat=True))
    homes = people.residents_on(campus=campus, day=day)
    living = [one for room, holders in homes.items() if room in rooms for one in holders]
    rows = Holder.objects.filter(pk__in=living, erased_at=None)
    return list(rows.select_related("campus").order_by("pk"))


def _count(monument: Monument, campus: Campus, day: date) -> None:
    anyone = _residents(monument, campus, day)
    if anyone:
        players = players_of(residence_id=monument.residence_id, holder=anyone[0], day=day)
        # A dorm that grew must not lose a tier that it has.
        Monument.objects.filter(pk=monument.pk).update(players=players, counted_on=day)


def donate(*, holder: Holder, amount: int, action: str, day: date, at: datetime) -> None:
    """
    Give sunlight to the monument of one's dorm, inside the caller's transaction.

    :raises NotEnough: if the wallet holds less
    """
    room, term = (
        people.room_of(holder=holder, day=day),
        places.term_on(campus=holder.campus, day=day),
    )
    assert room is not None  # else the rules had refused a closed monument
    assert term is not None
    ledger.spend(
        holder=holder,
        asset=Asset.SUN,
        amount=amount,
        to_kind=Account.Kind.GAME,
        to_holder=ledger.campus_holder(campus=holder.campus),
        code=Code.MONUMENT,
        source_kind="GAME_DONATE",
        source_id=action,
        at=at,
        effective_on=day,
    )
    monument = begun(residence=room.residence, term=term, holder=holder, day=day)
    kind, source = Contribution.Kind.DONATED, UUID(action)
    contribute(monument=monument, holder=holder, amount=amount, kind=kind, source=source, at=at)


def is_open(*, holder: Holder, day: date) -> bool:
    """Whether a student's dorm has a monument to give to today."""
    return queries.monument_of(holder=holder, day=day) is not None
