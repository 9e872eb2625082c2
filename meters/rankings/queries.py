"""Reading the published order: the first places and one's own, never the last."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter

from campus.api.texts import told
from campus.people import queries as people
from campus.people.models import Holder
from campus.places.models import Campus, Enrolment, Residence, Room
from meters.rankings import statements
from meters.rankings.facts import Board, GroupFact, PlaceFact, Standings, TopRow
from meters.rankings.models import NameShown, Place, Ranking
from meters.rankings.statements import Compared, Row, Telling, texts
from meters.savings import queries as savings

TOP = 10


def place_of(*, room: Room, day: date) -> PlaceFact | None:
    """A room's place in the newest week that was told by the close of `day`; None without one."""
    return statements.place(
        campus_id=room.residence.campus_id, room_id=room.pk, period=Ranking.Period.WEEK, day=day
    )


def standings_of(*, room: Room, period: str, day: date) -> Standings:
    """What the residents of a room may know of a period after the close of `day`."""
    campus_id = room.residence.campus_id
    seen = statements.outlook(campus_id=campus_id, room_id=room.pk, period=period, day=day)
    part = seen.part if seen else None
    if seen is None or part != Enrolment.Part.ENROLLED:
        reason = "comparison" if part == Enrolment.Part.COMPARISON else "not_yet"
        return Standings(period=period, part=part, reason=reason)
    told_of = seen.rooms or seen.residences
    board = _rooms(seen.rooms, room, day) if seen.rooms else None
    placed = board is not None and board.mine is not None
    return Standings(
        period=period,
        part=part,
        reason=None if placed else _why_not(room, told_of, period, ranked=board is not None),
        starts_on=told_of.starts_on if told_of else None,
        ends_on=told_of.ends_on if told_of else None,
        running=told_of.running if told_of else False,
        revision=told_of.revision if told_of else 0,
        note=told_of.note if told_of else "",
        group=_compared(seen.group) if seen.group else None,
        rooms=board,
        residences=_residences(seen.residences, mine=room.residence_id)
        if seen.residences
        else None,
    )


def order_of_residences(*, campus: Campus, period: str, day: date) -> Board | None:
    """Every place of the campus's residences, for those who manage them."""
    newest = statements.newest_of_residences(campus_id=campus.pk, period=period, day=day)
    return _residences(newest, mine=None, limit=newest.ranked) if newest else None


def groups_in(*, residence: Residence, period: str, day: date) -> Sequence[tuple[GroupFact, int]]:
    """The groups that have rooms in a residence, and how many rooms of each have a place."""
    found = statements.groups_of(
        campus_id=residence.campus_id, residence_id=residence.pk, period=period, day=day
    )
    return [(_compared(group), ranked) for group, ranked in found]


def names_shown(*, holder: Holder) -> bool:
    """Whether a holder wants to be named beside their room's place."""
    return NameShown.objects.filter(holder=holder).exists()


def news(*, campus: Campus, day: date) -> Mapping[int, Mapping[str, object]]:
    """Holder id -> the place of their room this week, for rooms among the efficient ones."""
    week = Ranking.objects.filter(
        campus=campus, group__isnull=False, period=Ranking.Period.WEEK,
        ends_on=day + timedelta(days=1),
    ).order_by("revision")  # fmt: skip
    ranked = {row.pk: row.ranked for row in {row.group_id: row for row in week}.values()}
    rows = Place.objects.filter(ranking__in=list(ranked))
    places_told = rows.values_list("room_id", "rank", "ranking_id")
    living = people.residents_on(campus=campus, day=day)
    return {
        holder: {"place": rank, "rooms": ranked[ranking]}
        for room, rank, ranking in places_told
        if 3 * rank <= ranked[ranking]
        for holder in living.get(room, ())
    }


def _compared(group: Compared) -> GroupFact:
    return GroupFact(
        rooms=group.rooms,
        type=told(group.type or {}) or group.type_code,
        people=group.people,
        residence=told(group.residence) if group.residence else None,
    )


def _first(ranked: int) -> int:
    """How many places are shown: ten, and never beyond the better half."""
    return min(TOP, (ranked + 1) // 2)


def _rooms(telling: Telling, room: Room, day: date) -> Board:
    first = _first(telling.ranked)
    rows = statements.rooms_of(ranking_id=telling.ranking_id, first=first, mine=room.pk, day=day)
    return Board(
        ranked=telling.ranked,
        mine=_own(rows, room.pk, telling),
        top=tuple(
            TopRow(each[0].rank, _nicknames(each), whose == room.pk, each[0].score)
            for whose, each in _by_place(rows)
            if each[0].position <= first
        ),
    )


def _by_place(rows: Sequence[Row]) -> Iterator[tuple[int, Sequence[Row]]]:
    """Rows follow one another by place: whose it is, and its rows."""
    return ((whose, list(each)) for whose, each in groupby(rows, key=attrgetter("whose")))


def _nicknames(rows: Sequence[Row]) -> str | None:
    return ", ".join(row.name for row in rows if row.name) or None


def _residences(telling: Telling, *, mine: int | None, limit: int | None = None) -> Board:
    first = limit or _first(telling.ranked)
    rows = statements.residences_of(ranking_id=telling.ranking_id, first=first, mine=mine)
    return Board(
        ranked=telling.ranked,
        mine=_own(rows, mine, telling),
        top=tuple(
            TopRow(row.rank, told(texts(row.name) or {}), row.whose == mine, row.score)
            for row in rows
        ),
    )


def _own(rows: Sequence[Row], mine: int | None, telling: Telling) -> PlaceFact | None:
    row = next((row for row in rows if row.whose == mine), None)
    return PlaceFact(row.rank, telling.ranked, row.score, row.days) if row else None


def _why_not(room: Room, told_of: Telling | None, period: str, *, ranked: bool) -> str:
    """Why a room of the programme has no place; `ranked`: its group has an order."""
    if told_of is None:
        return "not_yet"
    days = savings.days_of_room(room=room, starts_on=told_of.starts_on, ends_on=told_of.ends_on)
    length = (told_of.ends_on - told_of.starts_on).days
    if len(days) < length and period == Ranking.Period.WEEK:
        return "new"
    if any(day.actual_wh is None for day in days):
        return "missing_days"
    return "away" if ranked else "too_few"
