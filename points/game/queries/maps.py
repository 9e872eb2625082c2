"""Reading a student's campus, as rows and as the frozen value that the rules look at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet, Sum

from campus.people.models import Holder
from points.game.models import Drop, GameMap, Instance
from points.game.queries import seasons
from points.game.rules import book as rules_book
from points.game.rules import levels, state, terrain
from points.ledger import queries as ledger

EARNED = (Drop.State.COLLECTED, Drop.State.BANKED)


def map_of(*, holder: Holder) -> GameMap | None:
    """The student's map, if it was ever opened."""
    return GameMap.objects.filter(holder=holder).first()


def xp_of(*, holder: Holder) -> int:
    """All sunlight ever earned: what was collected or banked, as corrected."""
    earned = Drop.objects.filter(holder=holder, state__in=EARNED)
    return int(earned.aggregate(total=Sum("amount"))["total"] or 0)


def drops_ripe(*, holder: Holder) -> int:
    """How many drops wait to be collected."""
    return Drop.objects.filter(holder=holder, state=Drop.State.RIPE).count()


def award_behind(*, holder: Holder, drop: str) -> int | None:
    """The id of the award that became a holder's drop; None if the drop is not theirs."""
    awards = Drop.objects.filter(holder=holder, uid=drop).values_list("award_id", flat=True)
    return awards.first()


def awards_behind(*, holder: Holder, drops: Sequence[str]) -> Mapping[str, int]:
    """Drop id -> id of the award that became it, for those that are the holder's."""
    rows = Drop.objects.filter(holder=holder, uid__in=drops).values_list("uid", "award_id")
    return {str(uid): award for uid, award in rows}


def name_of_item(*, holder: Holder, instance: str) -> Mapping[str, str] | None:
    """What a holder's own instance is called, in every language; None if it is not theirs."""
    return names_of_items(holder=holder, instances=[instance]).get(instance)


def names_of_items(*, holder: Holder, instances: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """Instance id -> what it is called, in every language, for those that are the holder's."""
    items = rules_book.current().items
    # An upgrade's source names the instance and its new level: "<id>:2".
    asked = {name: name.partition(":")[0] for name in instances}
    rows = Instance.objects.filter(map__holder=holder, uid__in=set(asked.values()))
    known = {str(uid): items[item].name for uid, item in rows.values_list("uid", "item")}
    return {name: known[bare] for name, bare in asked.items() if bare in known}


def drops_of(*, holder: Holder, named: Iterable[str] = ()) -> QuerySet[Drop]:
    """The ripe drops of a holder in the order they ripened, with those that are named."""
    wanted = Q(state=Drop.State.RIPE) | Q(uid__in=list(named))
    return Drop.objects.filter(wanted, holder=holder).order_by("pk")


def instances_of(*, game_map: GameMap, named: Iterable[str] = ()) -> QuerySet[Instance]:
    """What the student holds, with returned ones only where they are named."""
    wanted = ~Q(state=Instance.State.RETURNED) | Q(uid__in=list(named))
    return game_map.instances.filter(wanted).select_related("inside").order_by("pk")


def campus_of(
    *, game_map: GameMap, day: date | None = None, named: Iterable[str] = ()
) -> state.Campus:
    """
    The campus as the rules see it; without a `day`, as it looks.

    :param named: ids that actions speak of; collected drops and returned items among them are read
    """
    holder, asked = game_map.holder, list(named)
    drops = drops_of(holder=holder, named=asked)
    instances = instances_of(game_map=game_map, named=asked)
    return state.Campus(
        ground=terrain.rows(seed=game_map.seed),
        parcels=frozenset(game_map.parcels),
        instances={str(row.uid): instance_fact(row=row) for row in instances},
        drops={str(row.uid): state.Drop(str(row.uid), row.amount, row.state) for row in drops},
        balances=ledger.balances(holder=holder),
        xp=xp_of(holder=holder),
        name=game_map.name,
        chapter=seasons.chapter_on(campus=game_map.holder.campus, day=day).id if day else "",
        layouts=layouts_of(game_map=game_map) if day else {},
        visibility=game_map.visibility,
        preview=game_map.preview,
    )


def layouts_of(*, game_map: GameMap) -> Mapping[int, state.Layout]:
    """Slot -> the arrangement kept in it."""
    return {
        row.slot: state.Layout(
            name=row.name, spots={one: state.Spot(*spot) for one, spot in row.spots.items()}
        )
        for row in game_map.layouts.order_by("slot")
    }


def instance_fact(*, row: Instance) -> state.Instance:
    """A stored instance as the rules see it."""
    return state.Instance(
        id=str(row.uid),
        item=row.item,
        state=row.state,
        spot=_spot(row),
        level=row.level,
        currency=row.asset,
        paid=row.paid,
        bought_at=row.bought_at,
    )


def _spot(row: Instance) -> state.Spot | None:
    if row.x is None or row.y is None:
        return None
    return state.Spot(row.x, row.y, row.rot, str(row.inside.uid) if row.inside else state.CAMPUS)


@dataclass(frozen=True, slots=True)
class MapFact:
    """A student's campus as the phone draws it; `drops` are the ripe ones."""

    uid: str
    version: int
    name: str
    seed: int
    campus: state.Campus
    level: int
    drops: tuple[Drop, ...]
    full_today: bool
    chapter: seasons.Season
    season: str

    @property
    def terrain(self) -> str:
        """The 576 letters of the ground, row by row."""
        return "".join(self.campus.ground)


def shown(*, game_map: GameMap, day: date) -> MapFact:
    """Everything the student's screen needs of the map on a day."""
    campus = campus_of(game_map=game_map, day=day)
    drops = tuple(drops_of(holder=game_map.holder))
    return MapFact(
        uid=str(game_map.uid),
        version=game_map.version,
        name=game_map.name,
        seed=game_map.seed,
        campus=campus,
        level=levels.level_of(xp=campus.xp, book=rules_book.current()),
        drops=drops,
        full_today=_is_full(game_map.holder),
        chapter=seasons.chapter_on(campus=game_map.holder.campus, day=day),
        season=seasons.season_of(campus=game_map.holder.campus, day=day),
    )


def _is_full(holder: Holder) -> bool:
    """Whether the newest day that gave sunlight gave all that a day may."""
    given = Drop.objects.filter(holder=holder).exclude(state=Drop.State.VOID)
    days = given.exclude(kind="welcome").values("effective_on").annotate(total=Sum("amount"))
    newest = days.order_by("-effective_on").first()
    cap: int = rules_book.current().faucets["caps"]["day"]
    return newest is not None and newest["total"] >= cap


def mark_of(*, game_map: GameMap, day: date) -> str:
    """A short text that changes whenever anything on the student's map, purse or season does."""
    balances: Mapping[str, int] = ledger.balances(holder=game_map.holder)
    drops = Drop.objects.filter(holder=game_map.holder)
    ripe = Count("pk", filter=Q(state=Drop.State.RIPE))
    seen = drops.aggregate(newest=Max("pk"), ripe=ripe)
    season = seasons.chapter_on(campus=game_map.holder.campus, day=day)
    book = rules_book.current().version
    drops_seen = (seen["newest"] or 0, seen["ripe"])
    parts = (book, game_map.version, *balances.values(), *drops_seen, season.week)
    return "-".join(map(str, parts))
