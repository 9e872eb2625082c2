"""
Places and boards, each found by its keys in one statement, for SQLite >= 3.35 and PostgreSQL.

A room's first screen asks for its place every time it opens: the term, the group, the newest
telling and the place are four look-ups in indexes, which one statement does without a way back.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from meters.rankings.facts import PlaceFact

Facts = Mapping[str, int | str | None]


class Telling(NamedTuple):
    """A ranking as it was told."""

    ranking_id: int
    starts_on: date
    ends_on: date
    revision: int
    note: str
    ranked: int

    @property
    def running(self) -> bool:
        """Revision 0 is replaced every night until its period ends."""
        return self.revision == 0


class Compared(NamedTuple):
    """With whom a room is compared in a term; texts as staff wrote them."""

    group_id: int
    rooms: int
    people: int | None
    type: Mapping[str, str] | None
    type_code: str | None
    residence: Mapping[str, str] | None


class Outlook(NamedTuple):
    """What is told to a room: its part in the term, its group, its order and the residences'."""

    part: str | None
    group: Compared | None
    rooms: Telling | None
    residences: Telling | None


class Row(NamedTuple):
    """A place of a board; a room has one row for each of its people who want to be named."""

    whose: int
    rank: int
    position: int
    score: int
    days: int
    name: str | None


def place(*, campus_id: int, room_id: int, period: str, day: date) -> PlaceFact | None:
    """A room's place in its group's newest telling that had begun by `day`."""
    facts: Facts = {"campus": campus_id, "room": room_id, "period": period, "day": day.isoformat()}
    found = _rows(_PLACE, facts)
    return PlaceFact(*found[0]) if found else None


def outlook(*, campus_id: int, room_id: int, period: str, day: date) -> Outlook | None:
    """What the close of `day` told a room of a period; None outside all terms."""
    facts: Facts = {"campus": campus_id, "room": room_id, "period": period, "day": day.isoformat()}
    found = _rows(_OUTLOOK, facts)
    if not found:
        return None
    part, *row = found[0]
    return Outlook(
        part, _group(row[:6]) if row[0] else None, _telling(row[6:12]), _telling(row[12:])
    )


def groups_of(
    *, campus_id: int, residence_id: int, period: str, day: date
) -> list[tuple[Compared, int]]:
    """The term's groups that have rooms in a residence, and how many rooms of each are ranked."""
    facts: Facts = {
        "campus": campus_id, "residence": residence_id, "period": period, "day": day.isoformat()
    }  # fmt: skip
    return [(_group(row[:6]), row[6]) for row in _rows(_GROUPS, facts)]


def newest_of_residences(*, campus_id: int, period: str, day: date) -> Telling | None:
    """The newest telling of a campus's residences that had begun by `day`."""
    found = _rows(_WHOLE, {"campus": campus_id, "period": period, "day": day.isoformat()})
    return _telling(found[0]) if found else None


def rooms_of(*, ranking_id: int, first: int, mine: int, day: date) -> list[Row]:
    """The first places of a group and one's own, with those who want to be named on `day`."""
    facts: Facts = {"ranking": ranking_id, "first": first, "mine": mine, "day": day.isoformat()}
    return [Row(*row) for row in _rows(_ROOMS, facts)]


def residences_of(*, ranking_id: int, first: int, mine: int | None) -> list[Row]:
    """The first places of the residences and one's own; names as JSON texts of staff."""
    facts: Facts = {"ranking": ranking_id, "first": first, "mine": mine}
    return [Row(*row) for row in _rows(_RESIDENCES, facts)]


def texts(stored: str | None) -> Mapping[str, str] | None:
    """A text in several languages as a column of JSON holds it."""
    return json.loads(stored) if stored else None


def _group(row: Sequence[Any]) -> Compared:
    group, rooms, people, type_, code, residence = row
    return Compared(group, rooms, people, texts(type_), code, texts(residence))


def _telling(row: Sequence[Any]) -> Telling | None:
    ranking, starts_on, ends_on, *rest = row
    return Telling(ranking, _day(starts_on), _day(ends_on), *rest) if ranking else None


def _day(stored: date | str) -> date:
    # SQLite hands out the days of a table as days, those of an expression as texts.
    return stored if isinstance(stored, date) else date.fromisoformat(stored)


def _rows(statement: str, facts: Facts) -> Sequence[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
        rows: Sequence[Any] = cursor.fetchall()
        return rows


_NEWEST = """
SELECT newest.id FROM meters_ranking newest
WHERE {whose} AND newest.period = %(period)s AND newest.starts_on <= %(day)s
ORDER BY newest.starts_on DESC, newest.revision DESC LIMIT 1
"""
_TERM = """
SELECT term.id FROM campus_term term
WHERE term.campus_id = %(campus)s AND term.starts_on <= %(day)s AND term.ends_on > %(day)s
ORDER BY term.starts_on DESC LIMIT 1
"""
_GROUP = f"""
SELECT peer.group_id FROM meters_peer peer
WHERE peer.room_id = %(room)s AND peer.term_id = ({_TERM})
"""  # noqa: S608 -- only our own statements are put together
_NEWEST_OF_RESIDENCES = _NEWEST.format(
    whose="newest.campus_id = %(campus)s AND newest.group_id IS NULL"
)
_TOLD = "{0}.id, {0}.starts_on, {0}.ends_on, {0}.revision, {0}.note, {0}.ranked"

_PLACE = f"""
SELECT place.rank, ranking.ranked, place.score, place.days
FROM meters_ranking ranking
JOIN meters_place place ON place.ranking_id = ranking.id AND place.room_id = %(room)s
WHERE ranking.id = ({_NEWEST.format(whose=f"newest.group_id = ({_GROUP})")})
"""  # noqa: S608 -- as above

_WHOLE = f"""
SELECT {_TOLD.format("ranking")} FROM meters_ranking ranking
WHERE ranking.id = ({_NEWEST_OF_RESIDENCES})
"""  # noqa: S608 -- as above

# Look-ups of one value, not joins: what a join costs is finding an order for it.
_BAND = """band.id, (SELECT COUNT(*) FROM meters_peer other WHERE other.group_id = band.id),
    band.people,
    (SELECT type.name FROM campus_roomtype type WHERE type.id = band.type_id),
    (SELECT type.code FROM campus_roomtype type WHERE type.id = band.type_id),
    (SELECT residence.name FROM campus_residence residence WHERE residence.id = band.residence_id)
"""

_OUTLOOK = f"""
SELECT enrolment.part, {_BAND},
    {_TOLD.format("mine")}, {_TOLD.format("whole")}
FROM campus_term term
LEFT JOIN campus_enrolment enrolment
    ON enrolment.term_id = term.id AND enrolment.room_id = %(room)s
LEFT JOIN meters_peer peer ON peer.term_id = term.id AND peer.room_id = %(room)s
LEFT JOIN meters_peergroup band ON band.id = peer.group_id
LEFT JOIN meters_ranking mine
    ON mine.id = ({_NEWEST.format(whose="newest.group_id = peer.group_id")})
LEFT JOIN meters_ranking whole ON whole.id = ({_NEWEST_OF_RESIDENCES})
WHERE term.id = ({_TERM})
"""  # noqa: S608 -- as above

_GROUPS = f"""
SELECT {_BAND}, COALESCE((
    SELECT ranking.ranked FROM meters_ranking ranking
    WHERE ranking.id = ({_NEWEST.format(whose="newest.group_id = band.id")})), 0)
FROM meters_peergroup band
WHERE band.id IN (
    SELECT peer.group_id FROM meters_peer peer JOIN campus_room room ON room.id = peer.room_id
    WHERE room.residence_id = %(residence)s AND peer.term_id = ({_TERM}))
ORDER BY band.number
"""  # noqa: S608 -- as above

_ROOMS = """
SELECT place.room_id, place.rank, place.position, place.score, place.days, profile.nickname
FROM meters_place place
LEFT JOIN campus_residency stay ON stay.room_id = place.room_id
    AND place.position <= %(first)s
    AND stay.starts_on <= %(day)s AND (stay.ends_on IS NULL OR stay.ends_on > %(day)s)
LEFT JOIN meters_nameshown shown ON shown.holder_id = stay.holder_id
LEFT JOIN campus_profile profile ON profile.holder_id = shown.holder_id
WHERE place.ranking_id = %(ranking)s
    AND (place.position <= %(first)s OR place.room_id = %(mine)s)
ORDER BY place.position, shown.holder_id
"""

_RESIDENCES = """
SELECT place.residence_id, place.rank, place.position, place.score, place.days, residence.name
FROM meters_place place JOIN campus_residence residence ON residence.id = place.residence_id
WHERE place.ranking_id = %(ranking)s
    AND (place.position <= %(first)s OR place.residence_id = %(mine)s)
ORDER BY place.position
"""
