"""What one may know of the order of rooms, and that it is read by keys however many rooms rank."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campus.places.models import Room
from meters.rankings.facts import PlaceFact, Standings
from meters.rankings.models import Peer, PeerGroup, Place, Ranking
from meters.rankings.operations import rank_day, show_name
from meters.rankings.queries import groups_in, news, place_of, standings_of
from tests import factories
from tests.meters.rankings.weeks import AT, LAST, House, a_house, a_ranked_room

pytestmark = pytest.mark.django_db


def rank(house: House) -> None:
    rank_day(campus=house.campus, day=LAST, at=AT)


def told(room: Room) -> Standings:
    return standings_of(room=room, period="WEEK", day=LAST)


def test_a_room_sees_the_first_ten_and_itself_never_the_last() -> None:
    house = a_house()
    rooms = [a_ranked_room(house, 100 * n) for n in range(25)]
    rank(house)
    mine = told(rooms[3])
    assert mine.rooms is not None
    assert mine.rooms.mine == PlaceFact(rank=22, ranked=25, score=150, days=7)
    assert [row.rank for row in mine.rooms.top] == list(range(1, 11))
    assert not any(row.me for row in mine.rooms.top)
    assert {row.label for row in mine.rooms.top} == {None}
    assert mine.reason is None


def test_of_a_small_group_only_the_better_half_is_shown() -> None:
    house = a_house()
    rooms = [a_ranked_room(house, 100 * n) for n in range(6)]
    rank(house)
    mine = told(rooms[4])
    assert mine.rooms is not None
    assert [(row.rank, row.me) for row in mine.rooms.top] == [(1, False), (2, True), (3, False)]
    assert mine.group is not None
    assert (mine.group.rooms, mine.group.people, mine.group.type) == (6, 2, "twin")


def test_who_wants_to_be_named_is_and_nobody_else() -> None:
    house = a_house()
    rooms = [a_ranked_room(house, 100 * n) for n in range(6)]
    willow = factories.a_student(campus=house.campus, nickname="Willow")
    quiet = factories.a_student(campus=house.campus, nickname="Quiet")
    for profile in (willow, quiet):
        rooms[5].residencies.create(holder=profile.holder, starts_on=factories.SINCE)
    show_name(holder=willow.holder, shown=True, at=AT)
    rank(house)
    mine = told(rooms[0])
    assert mine.rooms is not None
    assert [row.label for row in mine.rooms.top] == ["Willow", None, None]
    show_name(holder=willow.holder, shown=False, at=AT)
    assert "Willow" not in str(told(rooms[0]))


@pytest.mark.parametrize(
    ("week", "part", "reason"),
    [
        ([100] * 6 + ["NO_DATA"], "ENROLLED", "missing_days"),
        (["AWAY"] * 4 + [100] * 3, "ENROLLED", "away"),
        ([100] * 3, "ENROLLED", "new"),
        ([100] * 7, "COMPARISON", "comparison"),
    ],
)
def test_who_has_no_place_is_told_why(week: list[int | str], part: str, reason: str) -> None:
    house = a_house()
    for n in range(6):
        a_ranked_room(house, 100 * n)
    room = a_ranked_room(house, week, part=part)
    rank(house)
    mine = told(room)
    assert (mine.rooms and mine.rooms.mine, mine.reason, mine.part) == (None, reason, part)


def test_a_comparison_room_sees_no_order_at_all() -> None:
    house = a_house()
    for n in range(6):
        a_ranked_room(house, 100 * n)
    room = a_ranked_room(house, 100, part="COMPARISON")
    rank(house)
    assert told(room) == Standings(period="WEEK", part="COMPARISON", reason="comparison")


def test_where_nothing_is_published_there_is_nothing_yet() -> None:
    house = a_house()
    room = a_ranked_room(house, 100)
    rank(house)
    assert told(room).reason == "not_yet"
    assert place_of(room=room, day=LAST) is None


def test_the_place_is_that_of_the_newest_week() -> None:
    house = a_house()
    rooms = [a_ranked_room(house, 100 * n) for n in range(6)]
    rank(house)
    assert place_of(room=rooms[5], day=LAST) == PlaceFact(rank=1, ranked=6, score=250, days=7)
    later = place_of(room=rooms[5], day=LAST + timedelta(days=2))
    assert later == place_of(room=rooms[5], day=LAST)
    assert place_of(room=rooms[5], day=LAST - timedelta(days=7)) is None


def test_only_efficient_rooms_are_told_their_place_in_the_morning() -> None:
    house = a_house()
    rooms = [a_ranked_room(house, 100 * n) for n in range(6)]
    best, last = factories.a_student(campus=house.campus), factories.a_student(campus=house.campus)
    rooms[5].residencies.create(holder=best.holder, starts_on=factories.SINCE)
    rooms[0].residencies.create(holder=last.holder, starts_on=factories.SINCE)
    rank(house)
    assert news(campus=house.campus, day=LAST) == {best.holder_id: {"place": 1, "rooms": 6}}


GROUPS, EACH = 300, 30


@pytest.fixture
def a_large_campus() -> Room:
    """Nine thousand places in 300 groups; the rooms stand in for one another."""
    house = a_house()
    rooms = [a_ranked_room(house, 10) for _n in range(EACH)]
    groups = PeerGroup.objects.bulk_create(
        PeerGroup(term=house.term, number=n) for n in range(1, GROUPS + 1)
    )
    Peer.objects.bulk_create(
        Peer(term=house.term, group=groups[-1], room=room, people=2) for room in rooms
    )
    rankings = Ranking.objects.bulk_create(
        Ranking(
            campus=house.campus, group=group, period="WEEK", starts_on=LAST - timedelta(days=6),
            ends_on=LAST + timedelta(days=1), revision=1, ranked=EACH, published_at=AT,
        )
        for group in groups
    )  # fmt: skip
    Place.objects.bulk_create(
        Place(ranking=ranking, room=room, rank=n, position=n, score=100 - n, days=7)
        for ranking in rankings
        for n, room in enumerate(rooms, start=1)
    )
    whole = Ranking.objects.create(
        campus=house.campus, period="WEEK", starts_on=LAST - timedelta(days=6),
        ends_on=LAST + timedelta(days=1), revision=1, ranked=1, published_at=AT,
    )  # fmt: skip
    whole.places.create(residence=rooms[0].residence, rank=1, position=1, score=99, days=7)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return rooms[20]


def test_a_place_is_one_statement_and_a_board_three_each_by_keys(a_large_campus: Room) -> None:
    with CaptureQueriesContext(connection) as first_screen:
        place = place_of(room=a_large_campus, day=LAST)
    with CaptureQueriesContext(connection) as board:
        mine = told(a_large_campus)
    assert mine.rooms is not None
    assert mine.residences is not None
    assert mine.residences.mine == PlaceFact(rank=1, ranked=1, score=99, days=7)
    assert place == mine.rooms.mine == PlaceFact(rank=21, ranked=EACH, score=79, days=7)
    assert (len(first_screen), len(board)) == (1, 3)
    _assert_found_by_keys([*first_screen.captured_queries, *board.captured_queries])


def test_groups_of_a_residence_are_one_statement(a_large_campus: Room) -> None:
    residence = a_large_campus.residence
    with CaptureQueriesContext(connection) as asked:
        found = groups_in(residence=residence, period="WEEK", day=LAST)
    assert [(group.rooms, ranked) for group, ranked in found] == [(EACH, EACH)]
    assert len(asked) == 1


# How the statements call the tables that grow with rooms, people and weeks.
GROWING = "place|ranking|newest|mine|whole|peer|other|enrolment|stay|shown|profile"


def _assert_found_by_keys(asked: Sequence[Mapping[str, str]]) -> None:
    """No table that grows is read from end to end, and nothing is skipped by OFFSET."""
    for query in asked:
        assert "OFFSET" not in query["sql"]
        plan = _plan(query["sql"])
        assert "INDEX" in plan.upper()
        assert not re.search(rf"Seq Scan|SCAN ({GROWING})\b", plan), plan


def _plan(sql: str) -> str:
    """What the engine would do if the tables were large; these are small for its taste."""
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"{explain} {sql}")
        return "\n".join(str(row) for row in cursor.fetchall())
