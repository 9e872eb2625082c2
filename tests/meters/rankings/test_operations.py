from datetime import UTC, date, datetime, timedelta

import pytest

from campus.people import operations as people
from campus.people.models import Occupancy
from campus.places.models import Room
from meters.rankings.models import NameShown, Peer, PeerGroup, Place, Ranking
from meters.rankings.operations import rank_day, show_name
from meters.readings.models import DailyUse
from meters.savings.models import SavingEstimate
from tests import factories
from tests.meters.rankings.weeks import AT, LAST, House, a_house, a_ranked_room

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def rank(house: House, *, day: date = LAST, at: datetime = AT) -> int:
    return rank_day(campus=house.campus, day=day, at=at)


def order(period: str = "WEEK") -> list[tuple[Room | None, int, int]]:
    [ranking] = Ranking.objects.filter(group__isnull=False, period=period)
    return [
        (place.room, place.rank, place.position) for place in ranking.places.order_by("position")
    ]


def ranked() -> set[int | None]:
    return set(Place.objects.filter(room__isnull=False).values_list("room_id", flat=True))


def test_rooms_are_ranked_by_what_they_saved_per_person() -> None:
    house = a_house()
    rooms = [a_ranked_room(house, wh) for wh in (100, 500, 300, 200)]
    three = a_ranked_room(house, 1200, people=3)
    assert rank(house) == 1
    best = [three, rooms[1], rooms[2], rooms[3], rooms[0]]
    assert [room for room, _rank, _position in order()] == best


def test_ties_share_a_place() -> None:
    house = a_house()
    for wh in (400, 400, 300, 200, 200):
        a_ranked_room(house, wh)
    rank(house)
    assert [place for _room, place, _position in order()] == [1, 1, 3, 4, 4]


def test_missing_days_comparison_rooms_and_the_absent_are_not_ranked() -> None:
    house = a_house()
    usual = {a_ranked_room(house, wh).pk for wh in (100, 200, 300, 400, 500)}
    a_ranked_room(house, [3000, 3000, 3000, 3000, 3000, 3000, "NO_DATA"])
    a_ranked_room(house, [3000] * 6)
    a_ranked_room(house, 3000, part="COMPARISON")
    a_ranked_room(house, ["AWAY"] * 7)
    a_ranked_room(house, 900, last=LAST - timedelta(days=1))
    rank(house)
    assert ranked() == usual
    assert Peer.objects.count() == 9  # comparison rooms are nobody's peers


def test_going_home_for_the_weekend_is_no_saving() -> None:
    house = a_house()
    for wh in (100, 200, 300, 400):
        a_ranked_room(house, wh)
    away = a_ranked_room(house, [150, 150, 150, 150, 150, "AWAY", "AWAY"])
    rank(house)
    place = Place.objects.get(room=away)
    assert (place.rank, place.score, place.days) == (4, 75, 5)


def test_what_cannot_hide_a_room_is_not_published() -> None:
    house = a_house()
    for wh in (100, 200, 300, 400, 500):
        a_ranked_room(house, wh, people=1)
    assert rank(house) == 0


def test_residences_are_ranked_by_their_pooled_saving() -> None:
    house = a_house()
    birch = factories.a_residence(campus=house.campus, code="birch")
    for wh in (100, 100, 100, 100, 2000):
        a_ranked_room(house, wh)
    for _room in range(5):
        a_ranked_room(house, 400, residence=birch)
    rank(house)
    [whole] = Ranking.objects.filter(group=None)
    told = [(place.residence, place.rank, place.score) for place in whole.places.order_by("rank")]
    alder = factories.a_residence(campus=house.campus)
    assert told == [(alder, 1, 120), (birch, 2, 100)]


def test_a_residence_of_few_is_in_no_order_of_residences() -> None:
    house = a_house()
    birch = factories.a_residence(campus=house.campus, code="birch")
    for wh in (100, 200, 300, 400, 500):
        a_ranked_room(house, wh)
    a_ranked_room(house, 600, residence=birch)
    rank(house)
    assert not Ranking.objects.filter(group=None).exists()


def test_a_running_week_is_carried_on_and_a_finished_one_is_frozen() -> None:
    house = a_house()
    for wh in (100, 200, 300, 400, 500):
        a_ranked_room(house, wh)
    for n in (2, 1, 0):
        rank(house, day=LAST - timedelta(days=n))
        [told] = Ranking.objects.filter(group__isnull=False, period="WEEK")
        assert told.ends_on == LAST - timedelta(days=n - 1)
        assert told.running == (n > 0)
    before = list(Place.objects.order_by("pk").values())
    assert rank(house) == 0
    assert list(Place.objects.order_by("pk").values()) == before


def test_a_correction_publishes_a_revision_that_says_so_and_keeps_what_was_told() -> None:
    house = a_house()
    rooms = [a_ranked_room(house, wh) for wh in (100, 200, 300, 400, 500)]
    rank(house)
    for row in SavingEstimate.objects.filter(occupancy__room=rooms[0]):
        row.pk, row.revision, row.actual_wh = None, 2, row.expected_wh - 600
        row.save()
    # Without another reading it is only known better by now: what is frozen stays.
    assert rank(house) == 0
    DailyUse.objects.create(
        room=rooms[0], day=LAST, revision=2, wh=1, status="ACTUAL", closed_at=AT + HOUR
    )
    # Any day of the week may be the one that is closed again.
    assert rank(house, day=LAST - timedelta(days=3), at=AT + HOUR) == 1
    first, second = Ranking.objects.filter(period="WEEK").order_by("revision")
    assert (first.note, second.note, second.revision) == ("", "CORRECTED", 2)
    assert first.places.get(position=1).room == rooms[4]
    assert second.places.get(position=1).room == rooms[0]
    assert rank(house) == 0


def test_month_and_term_are_told_on_sundays() -> None:
    house = a_house()
    weeks = [n * 10 for n in range(28)]
    for wh in range(5):
        a_ranked_room(house, [wh + each for each in weeks])
    rank(house, day=LAST - timedelta(days=1))
    assert set(Ranking.objects.values_list("period", flat=True)) == {"WEEK"}
    rank(house)
    assert set(Ranking.objects.values_list("period", flat=True)) == {"WEEK", "MONTH", "TERM"}
    assert Ranking.objects.get(period="TERM").running


def test_groups_stand_for_the_term_and_a_newcomer_joins_one() -> None:
    house = a_house()
    rooms = [a_ranked_room(house, wh) for wh in (100, 200, 300, 400, 500)]
    rank(house)
    [group] = PeerGroup.objects.all()
    new = a_ranked_room(house, 900)
    Occupancy.objects.filter(room=rooms[0]).update(people=3)
    rank(house)
    assert list(PeerGroup.objects.all()) == [group]
    told = dict(Peer.objects.filter(group=group).values_list("room", "people"))
    assert told[new.pk] == 2
    assert told[rooms[0].pk] == 3


def test_outside_a_term_nothing_is_ranked() -> None:
    house = a_house()
    assert rank(house, day=house.term.ends_on) == 0


def test_an_erased_person_is_named_nowhere() -> None:
    profile = factories.a_student()
    show_name(holder=profile.holder, shown=True, at=AT)
    show_name(holder=profile.holder, shown=True, at=AT)
    assert NameShown.objects.count() == 1
    people.erase(user=profile.user, at=datetime(2026, 4, 1, tzinfo=UTC))
    assert not NameShown.objects.exists()
