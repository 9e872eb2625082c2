"""One's own place and the board of a period, read from a table filled to a million places."""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from django.db import connection

from benchmarks.measuring import Cost, interleaved, middle
from campus.places.models import Campus, Room
from meters.rankings.models import Place
from meters.rankings.queries import place_of, standings_of
from tests import factories

AT = datetime(2026, 3, 30, tzinfo=UTC)
MONDAY, AFTER = date(2026, 3, 23), date(2026, 3, 30)
LAST = AFTER - timedelta(days=1)
EACH = 30  # rooms of a group
APART = 10_000_000  # between the keys of one campus and the next
BY_KEY, ROW, MINE, BOARD = "a place by its key", "own place, its row", "own place", "whole board"


def report(*, places: Sequence[int], calls: int, rounds: int) -> None:
    """Print each read with its ratio to the yardstick, and to the same read at the first size."""
    small: dict[str, float] = {}
    for number, many in enumerate(places):
        filled = _fill(factories.a_campus(slug=f"campus{number}"), many)
        costs = interleaved(_ways(filled, calls), rounds=rounds)
        print(f"{many:,} places on {connection.vendor}, {calls} reads, medians of {rounds}")
        base = middle(costs[BY_KEY])
        for name, each in costs.items():
            here = middle(each)
            small.setdefault(name, here.cpu)
            print(_told(name, here, base, calls=calls, small=small[name]))


def _told(name: str, here: Cost, base: Cost, *, calls: int, small: float) -> str:
    wall, cpu = here.wall / calls * 1e6, here.cpu / calls * 1e6
    ratios = f"{here.wall / base.wall:5.2f} x wall {here.cpu / base.cpu:5.2f} x cpu"
    return (
        f"  {name:<20} {wall:7.0f} µs {cpu:7.0f} µs cpu {ratios}   {here.cpu / small:5.2f} x small"
    )


def _ways(rooms: Sequence[Room], calls: int) -> dict[str, Callable[[int], object]]:
    """Each way reads of the same rooms; a round has rooms of its own."""
    keys = dict(Place.objects.filter(room__in=rooms).values_list("room_id", "pk"))
    rankings = dict(Place.objects.filter(room__in=rooms).values_list("room_id", "ranking_id"))

    def asked(turn: int) -> Iterator[Room]:
        return iter(random.Random(turn).choices(rooms, k=calls))

    return {
        BY_KEY: lambda turn: [Place.objects.get(pk=keys[room.pk]) for room in asked(turn)],
        ROW: lambda turn: [
            Place.objects.filter(ranking=rankings[room.pk], room=room).first()
            for room in asked(turn)
        ],
        MINE: lambda turn: [place_of(room=room, day=LAST) for room in asked(turn)],
        BOARD: lambda turn: [
            standings_of(room=room, period="WEEK", day=LAST) for room in asked(turn)
        ],
    }


def _fill(campus: Campus, many: int) -> Sequence[Room]:
    """A campus of so many ranked rooms, made by the database; returns five hundred of them."""
    like = factories.a_room(residence=factories.a_residence(campus=campus))
    first = campus.pk * APART
    facts = {
        "first": first,
        "last": first + many - 1,
        "each": EACH,
        "like": like.pk,
        "residence": like.residence_id,
        "campus": campus.pk,
        "term": factories.a_term(campus=campus).pk,
        "monday": MONDAY.isoformat(),
        "after": AFTER.isoformat(),
        "at": AT.isoformat(sep=" "),
    }
    uid = "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    with connection.cursor() as cursor:
        for statement in (ROOMS, PARTS, GROUPS, PEERS, RANKINGS, PLACES, WHOLE, HOUSE):
            cursor.execute(statement.replace("NUMBERED", NUMBERED).replace("NEW_UID", uid), facts)
        cursor.execute("ANALYZE")
    chosen = Room.objects.filter(pk__in=range(first, first + many, max(many // 500, 1)))
    return list(chosen.select_related("residence__campus"))


# All rows of a campus have the keys from `first` on; n has as many, k counts them.
NUMBERED = """
WITH RECURSIVE n(i, k) AS (
    SELECT %(first)s, 0 UNION ALL SELECT i + 1, k + 1 FROM n WHERE i < %(last)s)
SELECT"""
ROOMS = """
INSERT INTO campus_room (id, uid, residence_id, floor_id, type_id, number, orientation)
NUMBERED n.i, NEW_UID, r.residence_id, r.floor_id, r.type_id, 'r' || n.k, r.orientation
FROM n JOIN campus_room r ON r.id = %(like)s
"""
PARTS = """
INSERT INTO campus_enrolment (id, room_id, term_id, part)
NUMBERED n.i, n.i, %(term)s, 'ENROLLED' FROM n
"""
GROUPS = """
INSERT INTO meters_peergroup (id, term_id, number)
NUMBERED n.i, %(term)s, n.k FROM n WHERE n.k %% %(each)s = 0
"""
PEERS = """
INSERT INTO meters_peer (id, term_id, group_id, room_id, people)
NUMBERED n.i, %(term)s, n.i - n.k %% %(each)s, n.i, 2 FROM n
"""
RANKINGS = """
INSERT INTO meters_ranking (id, campus_id, group_id, period, starts_on, ends_on, revision, note,
    ranked, published_at)
NUMBERED n.i, %(campus)s, n.i, 'WEEK', %(monday)s, %(after)s, 1, '', %(each)s, %(at)s
FROM n WHERE n.k %% %(each)s = 0
"""
PLACES = """
INSERT INTO meters_place (id, ranking_id, room_id, rank, position, score, days)
NUMBERED n.i, n.i - n.k %% %(each)s, n.i, 1 + n.k %% %(each)s, 1 + n.k %% %(each)s,
    %(each)s - n.k %% %(each)s, 7
FROM n
"""
WHOLE = """
INSERT INTO meters_ranking (id, campus_id, period, starts_on, ends_on, revision, note, ranked,
    published_at)
VALUES (%(last)s + 1, %(campus)s, 'WEEK', %(monday)s, %(after)s, 1, '', 1, %(at)s)
"""
HOUSE = """
INSERT INTO meters_place (id, ranking_id, residence_id, rank, position, score, days)
VALUES (%(last)s + 1, %(last)s + 1, %(residence)s, 1, 1, 100, 7)
"""
