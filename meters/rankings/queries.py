"""Reading the published order: the first places and one's own, never the last."""

from datetime import date, timedelta

from django.db.models import Q

from campus.places import queries as places
from campus.places.models import Enrolment, Room
from meters.rankings.facts import Board, PlaceFact, Rankings, TopRow
from meters.rankings.models import Place, Ranking
from meters.rankings.standings import WINDOW
from meters.savings import queries as savings

TOP = 10


def place_of(*, room: Room, day: date) -> PlaceFact | None:
    """A room's place in its residence for the week that ended with `day`; None if not ranked."""
    rows = Place.objects.filter(room=room, ranking__ends_on=day + timedelta(days=1))
    found = rows.filter(ranking__residence__isnull=False).select_related("ranking").first()
    return _place(found) if found else None


def rankings_of(*, room: Room, day: date) -> Rankings:
    """What the residents of a room may know of the order of rooms after the close of `day`."""
    term = places.term_on(campus=room.residence.campus, day=day)
    part = places.part_of(room=room, term=term) if term else None
    if part == Enrolment.Part.COMPARISON:
        return Rankings.none(part=part, reason="comparison")
    residence, campus = boards_of(room=room, day=day)
    newest = residence or campus
    if newest is None:
        return Rankings.none(part=part, reason="too_few")
    mine = newest.mine
    reason = None if mine else _why_not(room, newest.day)
    return Rankings(newest.day, part, mine, reason, residence, campus)


def boards_of(*, room: Room, day: date) -> tuple[Board | None, Board | None]:
    """The boards, published for the week up to `day`, of a room's residence and of its campus."""
    ends_on = day + timedelta(days=1)
    here = Q(residence=room.residence_id) | Q(residence=None, campus=room.residence.campus_id)
    newest = list(Ranking.objects.filter(here, ends_on=ends_on).order_by("revision"))
    own = next((row for row in reversed(newest) if row.residence_id), None)
    whole = next((row for row in reversed(newest) if not row.residence_id), None)
    return _board(own, room), _board(whole, room)


def _why_not(room: Room, day: date) -> str:
    """Why a room of the programme has no place in the week that ended with `day`."""
    after = day + timedelta(days=1)
    week = savings.days_of_room(room=room, starts_on=after - timedelta(days=WINDOW), ends_on=after)
    whole = len(week) == WINDOW and all(one.actual_wh is not None for one in week)
    return "away" if whole else "missing_days"


def _board(ranking: Ranking | None, room: Room) -> Board | None:
    if ranking is None:
        return None
    rows = Place.objects.filter(Q(position__lte=TOP) | Q(room=room), ranking=ranking)
    ranked = list(rows.order_by("position"))
    mine = next((row for row in ranked if row.room_id == room.pk), None)
    if mine:
        mine.ranking = ranking
    return Board(
        day=ranking.ends_on - timedelta(days=1),
        rooms=ranking.rooms,
        mine=_place(mine) if mine else None,
        top=tuple(
            TopRow(row.rank, None, row.room_id == room.pk, row.saved_wh_per_person)
            for row in ranked
            if row.position <= TOP
        ),
    )


def _place(row: Place) -> PlaceFact:
    return PlaceFact(
        rank=row.rank,
        rooms=row.ranking.rooms,
        saved_wh_per_person=row.saved_wh_per_person,
        days=row.days,
        day=row.ranking.ends_on - timedelta(days=1),
    )
