"""The roof's day becomes the same light for everybody who plays; steadiness is paid too."""

from datetime import timedelta

import numpy as np
import pytest

from meters.readings import intervals, queries
from meters.readings.intervals import Intervals
from meters.readings.models import Channel, MeterDay
from points.earning.models import Award
from points.earning.rules import chest, hold, sunshine
from points.game.models import Drop, GameMap
from points.game.operations import shining
from points.game.rules import amounts
from tests import factories
from tests.points.game import making as make

NIGHT = make.AT + timedelta(days=1)


def a_roof_day(game_map: GameMap, *, day: object, hours: list[int]) -> None:
    """What a simulated roof of the campus told of a day, hour by hour."""
    zone = factories.a_zone(residence=factories.a_residence(campus=game_map.campus))
    meter = factories.a_meter(zone=zone, serial="PV1", flow=Channel.Flow.EXPORT)
    channel = meter.channels.get()
    known = Intervals(np.array(hours, np.int32), np.full(24, intervals.ACTUAL_MARK, np.uint8))
    wh, quality = intervals.pack(known)
    MeterDay.objects.create(
        channel=channel, day=day, wh=sum(hours), status="ACTUAL", interval_minutes=60,
        intervals=wh, quality=quality, delivery_id=1, line=1,
    )  # fmt: skip


@pytest.mark.django_db
def test_a_roofs_day_falls_as_four_drops_split_as_the_sun_shone() -> None:
    game_map = make.a_player()
    hours = [0] * 8 + [1000, 1000, 2000, 2000, 2000, 1000, 1000, 1000, 500] + [0] * 7
    a_roof_day(game_map, day=make.DAY, hours=hours)
    for _night in range(2):
        shining.shine(campus=game_map.campus, day=make.DAY, at=NIGHT)
    rows = Award.objects.filter(rule="sunshine").order_by("fact_key")
    assert [row.amount for row in rows] == [5, 15, 7, 1]
    assert sum(row.amount for row in rows) == 28
    assert rows[0].facts["yield_wh"] == sum(hours)


@pytest.mark.django_db
def test_no_roof_no_light_and_nobody_who_does_not_play() -> None:
    game_map = make.a_player()
    factories.a_student(campus=game_map.campus)
    assert shining.shine(campus=game_map.campus, day=make.DAY, at=NIGHT) == 0
    a_roof_day(game_map, day=make.DAY, hours=[100] * 24)
    assert shining.shine(campus=game_map.campus, day=make.DAY, at=NIGHT) == 4
    assert set(Award.objects.filter(rule="sunshine").values_list("holder", flat=True)) == {
        game_map.holder_id
    }
    assert Drop.objects.filter(kind="sunshine").count() == 0  # the night ripens them afterwards


def test_the_award_gives_what_the_rules_file_says() -> None:
    terms = sunshine.Terms()
    for wh in range(0, 9000, 37):
        roof = sunshine.Roof(yield_wh=wh, p90_wh=6000, slots_wh=(wh // 4, wh // 2, wh // 5, 1))
        told = sunshine.sunshine(roof, terms)
        whole = amounts.pv_day(yield_wh=wh, p90_wh=6000, book=make.BOOK)
        assert told == amounts.pv_split(amount=whole, yields_wh=roof.slots_wh)


def test_the_chest_needs_what_the_rules_file_says() -> None:
    for good in range(8):
        for away in range(8 - good):
            paid = chest.chest(chest.Week(good=good, away=away), chest.Terms())
            assert paid == amounts.chest(good_days=good, away_days=away, book=make.BOOK)


@pytest.mark.parametrize(
    ("position", "actual", "given", "paid"),
    [(3, 1030, 0, 45), (4, 1030, 0, 0), (3, 1031, 0, 0), (1, 900, 31, 14), (1, 700, 76, 0)],
)
def test_the_hold_fills_up_a_smaller_saving(
    position: int, actual: int, given: int, paid: int
) -> None:
    held = hold.Held(position, 10, expected_wh=1000, actual_wh=actual, given=given)
    assert hold.hold(held, hold.Terms()) == paid


def test_nine_of_ten_days_stay_at_or_below_the_p90() -> None:
    assert queries.p90_of(list(range(1, 11))) == 9
    assert queries.p90_of([5]) == 5
    assert queries.p90_of([]) == 0
