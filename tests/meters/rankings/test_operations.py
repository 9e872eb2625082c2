from datetime import timedelta

import pytest

from campus.places.models import Room
from meters.rankings.models import Place, Ranking
from meters.rankings.operations import rank_day
from meters.savings.models import SavingEstimate
from tests import factories
from tests.meters.rankings.weeks import AT, LAST, House, a_house, a_ranked_room

pytestmark = pytest.mark.django_db


def rank(house: House) -> int:
    return rank_day(campus=house.campus, day=LAST, at=AT)


def order(house: House, **of: object) -> list[tuple[Room, int, int]]:
    ranking = Ranking.objects.get(campus=house.campus, **of)
    places = ranking.places.order_by("position")
    return [(place.room, place.rank, place.position) for place in places]


def test_rooms_are_ranked_within_their_residence_and_the_campus() -> None:
    house = a_house()
    alder = [a_ranked_room(house, wh) for wh in (100, 500, 300, 200, 400)]
    birch = factories.a_residence(campus=house.campus, code="birch")
    other = [a_ranked_room(house, wh, residence=birch) for wh in (600, 50, 60, 70, 80)]
    assert rank(house) == 3
    own = order(house, residence=alder[0].residence)
    assert [room for room, _rank, _position in own] == [alder[n] for n in (1, 4, 2, 3, 0)]
    whole = order(house, residence=None)
    assert whole[0] == (other[0], 1, 1)
    assert len(whole) == 10


def test_ties_share_a_place() -> None:
    house = a_house()
    for wh in (400, 400, 300, 200, 200):
        a_ranked_room(house, wh)
    rank(house)
    assert [place for _room, place, _position in order(house, residence=None)] == [1, 1, 3, 4, 4]


def test_missing_days_comparison_rooms_and_the_absent_are_not_ranked() -> None:
    house = a_house()
    ranked = {a_ranked_room(house, wh).pk for wh in (100, 200, 300, 400, 500)}
    a_ranked_room(house, [3000, 3000, 3000, 3000, 3000, 3000, "NO_DATA"])
    a_ranked_room(house, [3000] * 6)
    a_ranked_room(house, 3000, part="COMPARISON")
    a_ranked_room(house, ["AWAY"] * 7)
    rank(house)
    assert set(Place.objects.values_list("room_id", flat=True)) == ranked


def test_going_home_for_the_weekend_is_no_saving() -> None:
    house = a_house()
    for wh in (100, 200, 300, 400):
        a_ranked_room(house, wh)
    away = a_ranked_room(house, [150, 150, 150, 150, 150, "AWAY", "AWAY"])
    rank(house)
    place = Place.objects.get(room=away, ranking__residence=None)
    assert (place.rank, place.saved_wh_per_person, place.days) == (4, 75, 5)


def test_a_room_of_three_is_measured_per_person() -> None:
    house = a_house()
    for wh in (100, 200, 300, 400):
        a_ranked_room(house, wh)
    three = a_ranked_room(house, 900, people=3)
    rank(house)
    assert Place.objects.get(room=three, ranking__residence=None).saved_wh_per_person == 300


def test_a_small_residence_is_not_published_but_its_rooms_stand_in_the_campus() -> None:
    house = a_house()
    birch = factories.a_residence(campus=house.campus, code="birch")
    for wh in (100, 200, 300, 400, 500):
        a_ranked_room(house, wh)
    small = a_ranked_room(house, 600, residence=birch)
    assert rank(house) == 2
    assert not Ranking.objects.filter(residence=birch).exists()
    assert order(house, residence=None)[0][0] == small


def test_five_single_rooms_are_too_few_people() -> None:
    house = a_house()
    for wh in (100, 200, 300, 400, 500):
        a_ranked_room(house, wh, people=1)
    assert rank(house) == 0


def test_what_is_published_is_frozen() -> None:
    house = a_house()
    for wh in (100, 200, 300, 400, 500):
        a_ranked_room(house, wh)
    rank(house)
    before = list(Place.objects.order_by("pk").values())
    SavingEstimate.objects.update(actual_wh=0)
    assert rank(house) == 0
    assert list(Place.objects.order_by("pk").values()) == before


def test_a_corrected_estimate_counts_by_its_newest_revision() -> None:
    house = a_house()
    rooms = [a_ranked_room(house, wh) for wh in (100, 200, 300, 400, 500)]
    first = SavingEstimate.objects.filter(occupancy__room=rooms[0])
    for row in first:
        row.pk, row.revision, row.actual_wh = None, 2, row.expected_wh - 600
        row.save()
    rank(house)
    assert order(house, residence=None)[0] == (rooms[0], 1, 1)


def test_who_moved_in_during_the_week_waits_for_a_week_of_their_own() -> None:
    house = a_house()
    for wh in (100, 200, 300, 400, 500):
        a_ranked_room(house, wh)
    new = a_ranked_room(house, [900, 900, 900])
    rank(house)
    assert not Place.objects.filter(room=new).exists()


def test_who_left_is_not_ranked() -> None:
    house = a_house()
    for wh in (100, 200, 300, 400, 500):
        a_ranked_room(house, wh)
    gone = a_ranked_room(house, 900, last=LAST - timedelta(days=1))
    rank(house)
    assert not Place.objects.filter(room=gone).exists()
