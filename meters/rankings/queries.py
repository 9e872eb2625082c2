"""Reading the published order: the first places and one's own, never the last."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from campus.api.texts import told
from campus.people import queries as people
from campus.people.models import Holder
from campus.places import queries as places
from campus.places.models import Campus, Enrolment, Residence, Room, Term
from meters.rankings.facts import Board, GroupFact, PlaceFact, Standings, TopRow
from meters.rankings.models import NameShown, Peer, Place, Ranking
from meters.savings import queries as savings

TOP = 10


def place_of(*, room: Room, day: date) -> PlaceFact | None:
    """A room's place in the newest week that was told by the close of `day`; None without one."""
    term = places.term_on(campus=room.residence.campus, day=day)
    peer = _peer(room, term) if term else None
    ranking = _newest(_of_group(peer), period=Ranking.Period.WEEK, day=day) if peer else None
    row = Place.objects.filter(ranking=ranking, room=room).first() if ranking else None
    return _fact(row, ranking) if row and ranking else None


def standings_of(*, room: Room, period: str, day: date) -> Standings:
    """What the residents of a room may know of a period after the close of `day`."""
    campus = room.residence.campus
    term = places.term_on(campus=campus, day=day)
    part = places.part_of(room=room, term=term) if term else None
    if term is None or part != Enrolment.Part.ENROLLED:
        reason = "comparison" if part == Enrolment.Part.COMPARISON else "not_yet"
        return Standings(period=period, part=part, reason=reason)
    peer = _peer(room, term)
    ranking = _newest(_of_group(peer), period=period, day=day) if peer else None
    whole = _newest(_of_residences(campus), period=period, day=day)
    told_of = ranking or whole
    board = _rooms(ranking, room, day) if ranking else None
    return Standings(
        period=period,
        part=part,
        reason=None if board and board.mine else _why_not(room, told_of, ranking),
        starts_on=told_of.starts_on if told_of else None,
        ends_on=told_of.ends_on if told_of else None,
        running=told_of.running if told_of else False,
        revision=told_of.revision if told_of else 0,
        note=told_of.note if told_of else "",
        group=_group(peer) if peer else None,
        rooms=board,
        residences=_residences(whole, mine=room.residence_id) if whole else None,
    )


def order_of_residences(*, campus: Campus, period: str, day: date) -> Board | None:
    """Every place of the campus's residences, for those who manage them."""
    ranking = _newest(_of_residences(campus), period=period, day=day)
    return _residences(ranking, mine=None, limit=ranking.ranked) if ranking else None


def groups_in(
    *, residence: Residence, period: str, day: date
) -> Sequence[tuple[GroupFact, Ranking | None]]:
    """The groups that have rooms in a residence, with how many of them have a place."""
    term = places.term_on(campus=residence.campus, day=day)
    peers = Peer.objects.filter(term=term, room__residence=residence).order_by("group__number")
    one_each = {peer.group_id: peer for peer in peers.select_related("group__type")}
    return [
        (_group(peer), _newest(_of_group(peer), period=period, day=day))
        for peer in one_each.values()
    ]


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


def _peer(room: Room, term: Term) -> Peer | None:
    rows = Peer.objects.filter(term=term, room=room)
    return rows.select_related("group__type", "group__residence").first()


def _of_group(peer: Peer) -> QuerySet[Ranking]:
    return Ranking.objects.filter(group=peer.group_id)


def _of_residences(campus: Campus) -> QuerySet[Ranking]:
    return Ranking.objects.filter(campus=campus, group=None)


def _newest(rows: QuerySet[Ranking], *, period: str, day: date) -> Ranking | None:
    """The newest telling of a period that had begun by a day."""
    begun = rows.filter(period=period, starts_on__lte=day)
    return begun.order_by("-starts_on", "-revision").first()


def _group(peer: Peer) -> GroupFact:
    group = peer.group
    return GroupFact(
        rooms=group.peers.count(),
        type=told(group.type.name) or group.type.code if group.type else None,
        people=group.people,
        residence=told(group.residence.name) if group.residence else None,
    )


def _first(ranked: int) -> int:
    """How many places are shown: ten, and never beyond the better half."""
    return min(TOP, (ranked + 1) // 2)


def _rooms(ranking: Ranking, room: Room, day: date) -> Board:
    shown = Q(position__lte=_first(ranking.ranked)) | Q(room=room)
    rows = list(Place.objects.filter(shown, ranking=ranking).order_by("position"))
    top = [row for row in rows if row.position <= _first(ranking.ranked)]
    names = _names([row.room_id for row in top if row.room_id], day)
    mine = next((row for row in rows if row.room_id == room.pk), None)
    return Board(
        ranked=ranking.ranked,
        mine=_fact(mine, ranking) if mine else None,
        top=tuple(
            TopRow(row.rank, names.get(row.room_id or 0), row.room_id == room.pk, row.score)
            for row in top
        ),
    )


def _names(room_ids: Sequence[int], day: date) -> Mapping[int, str]:
    """Room id -> the nicknames of those of its people who want to be named."""
    stays = NameShown.objects.filter(
        Q(holder__residencies__ends_on__isnull=True) | Q(holder__residencies__ends_on__gt=day),
        holder__residencies__room__in=room_ids,
        holder__residencies__starts_on__lte=day,
    )
    rows = stays.order_by("holder_id").values_list(
        "holder__residencies__room_id", "holder__profile__nickname"
    )
    found: dict[int, list[str]] = defaultdict(list)
    for room_id, nickname in rows:
        if nickname:
            found[room_id].append(nickname)
    return {room_id: ", ".join(names) for room_id, names in found.items()}


def _residences(ranking: Ranking, *, mine: int | None, limit: int | None = None) -> Board:
    first = limit or _first(ranking.ranked)
    rows = ranking.places.order_by("position").select_related("residence")
    shown = [row for row in rows if row.position <= first or row.residence_id == mine]
    own = next((row for row in shown if row.residence_id == mine), None)
    return Board(
        ranked=ranking.ranked,
        mine=_fact(own, ranking) if own else None,
        top=tuple(
            TopRow(row.rank, told(row.residence.name), row.residence_id == mine, row.score)
            for row in shown
            if row.residence
        ),
    )


def _fact(row: Place, ranking: Ranking) -> PlaceFact:
    return PlaceFact(row.rank, ranking.ranked, row.score, row.days)


def _why_not(room: Room, told_of: Ranking | None, ranking: Ranking | None) -> str:
    """Why a room of the programme has no place."""
    if told_of is None:
        return "not_yet"
    period = savings.days_of_room(room=room, starts_on=told_of.starts_on, ends_on=told_of.ends_on)
    length = (told_of.ends_on - told_of.starts_on).days
    if len(period) < length and told_of.period == Ranking.Period.WEEK:
        return "new"
    if any(day.actual_wh is None for day in period):
        return "missing_days"
    return "away" if ranking else "too_few"
