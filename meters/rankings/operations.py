"""Publishing the order of rooms, once a night."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from campus.places.models import Campus, Enrolment, Residence, Room
from meters.rankings.models import Place, Ranking
from meters.rankings.standings import (
    WINDOW,
    RoomDay,
    Score,
    may_be_published,
    places,
    score_of,
)
from meters.savings import queries as savings
from meters.savings.facts import NO_DATA, EstimateFact

_CHUNK = 2000


@transaction.atomic
def rank_day(*, campus: Campus, day: date, at: datetime) -> int:
    """
    Publish the week that ends with `day`, within each residence and the campus.

    Enrolled rooms with every day measured are ranked; groups too small to hide a room are not
    published. What is published is frozen: asked again, it changes nothing. Returns how many
    rankings are new.
    """
    after = day + timedelta(days=1)
    if Ranking.objects.filter(campus=campus, ends_on=after).exists():
        return 0
    starts_on = after - timedelta(days=WINDOW)
    scores = _scores(campus, starts_on=starts_on, ends_on=after, day=day)
    groups: list[tuple[Residence | None, Sequence[Score]]] = [(None, scores)]
    groups += _by_residence(campus, scores)
    published = [
        _publish(campus, residence, members, starts_on=starts_on, ends_on=after, at=at)
        for residence, members in groups
        if may_be_published(members)
    ]
    return len(published)


def _scores(campus: Campus, *, starts_on: date, ends_on: date, day: date) -> list[Score]:
    weeks: dict[int, list[EstimateFact]] = defaultdict(list)
    for fact in savings.estimates_between(campus=campus, starts_on=starts_on, ends_on=ends_on):
        if fact.part == Enrolment.Part.ENROLLED:
            weeks[fact.occupancy_id].append(fact)
    found = [
        score_of([_room_day(fact) for fact in week])
        for week in weeks.values()
        if week[-1].day == day
    ]
    return [score for score in found if score]


def _room_day(fact: EstimateFact) -> RoomDay:
    saved = fact.saved_wh if fact.counts else None
    return RoomDay(fact.room_id, fact.people, fact.verdict != NO_DATA, saved)


def _by_residence(
    campus: Campus, scores: Sequence[Score]
) -> list[tuple[Residence | None, Sequence[Score]]]:
    rooms = Room.objects.filter(residence__campus=campus)
    home: Mapping[int, int] = dict(rooms.values_list("pk", "residence_id"))
    members: dict[int, list[Score]] = defaultdict(list)
    for score in scores:
        members[home[score.room_id]].append(score)
    return [(row, members[row.pk]) for row in campus.residences.order_by("pk") if row.pk in members]


def _publish(
    campus: Campus,
    residence: Residence | None,
    scores: Sequence[Score],
    *,
    starts_on: date,
    ends_on: date,
    at: datetime,
) -> Ranking:
    ranking = Ranking.objects.create(
        campus=campus,
        residence=residence,
        starts_on=starts_on,
        ends_on=ends_on,
        rooms=len(scores),
        published_at=at,
    )
    Place.objects.bulk_create(
        (
            Place(
                ranking=ranking,
                room_id=placed.score.room_id,
                rank=placed.rank,
                position=placed.position,
                saved_wh_per_person=placed.score.saved_wh_per_person,
                days=placed.score.days,
            )
            for placed in places(scores)
        ),
        batch_size=_CHUNK,
    )
    return ranking
