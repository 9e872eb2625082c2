import numpy as np
import pytest

from meters.savings.calendar import Floats
from meters.savings.cleaning import cleaned
from meters.savings.history import HistoryBaselines, learn
from meters.savings.index import peer_index, usual
from tests.meters.savings import panels

MADE = panels.make(history=364, days=28)


def index_of(use: Floats) -> Floats:
    peers = use[: MADE.comparison]
    return peer_index(peers, usual_use=usual(peers[:, : MADE.history]))


def learnt(use: Floats) -> HistoryBaselines:
    past = slice(0, MADE.history)
    return learn(
        use[:, past], index=index_of(use)[past], calendar=MADE.calendar.part(0, MADE.history)
    )


def shown(use: Floats, baselines: HistoryBaselines | None = None) -> Floats:
    """Expected Wh of the programme days."""
    coming = MADE.calendar.part(MADE.history, len(MADE.calendar))
    return (baselines or learnt(use)).expected(index=index_of(use)[MADE.history :], calendar=coming)


def bias(use: Floats, room: int) -> float:
    return float(shown(use)[room].sum() / use[room, MADE.history :].sum() - 1)


def test_rooms_that_change_nothing_are_expected_to_use_what_they_use() -> None:
    expected, used = shown(MADE.use), MADE.use[:, MADE.history :]
    assert np.abs(expected.sum(axis=1) / used.sum(axis=1) - 1).max() < 0.06
    assert abs(expected.sum() / used.sum() - 1) < 0.02


def test_a_room_with_a_weekend_of_its_own_is_expected_to_keep_it() -> None:
    use = MADE.use.copy()
    weekend = MADE.calendar.weekends
    use[30, weekend] *= 1.5
    coming = weekend[MADE.history :]
    expected = shown(use)[30]
    used = use[30, MADE.history :]
    assert expected[coming].sum() == pytest.approx(used[coming].sum(), rel=0.1)
    assert expected[~coming].sum() == pytest.approx(used[~coming].sum(), rel=0.1)


def test_weeks_of_absence_do_not_lower_the_level() -> None:
    use = MADE.use.copy()
    use[30, 100:130] *= 0.05
    assert bias(use, 30) == pytest.approx(bias(MADE.use, 30), abs=0.02)


def test_a_few_parties_do_not_raise_it() -> None:
    use = MADE.use.copy()
    use[30, 100:104] *= 20
    assert bias(use, 30) == pytest.approx(bias(MADE.use, 30), abs=0.04)


def test_padding_the_last_two_weeks_raises_the_baseline_by_a_tenth_of_it() -> None:
    use = MADE.use.copy()
    use[30, MADE.history - 14 : MADE.history] *= 1.3
    assert shown(use)[30].sum() / shown(MADE.use)[30].sum() < 1.035


def test_a_drift_of_the_last_three_months_is_followed_by_a_part_only() -> None:
    use = MADE.use.copy()
    use[30, MADE.history - 84 : MADE.history] *= 1.6
    raised = learnt(use).correction[30] / learnt(MADE.use).correction[30]
    assert 1.02 < raised < np.exp(0.15)


def test_missing_days_change_little() -> None:
    use = MADE.use.copy()
    use[30, :100:2] = np.nan
    assert bias(use, 30) == pytest.approx(bias(MADE.use, 30), abs=0.02)


def test_a_restless_room_has_the_larger_shape() -> None:
    use = MADE.use.copy()
    blocks = np.repeat(np.tile([0.6, 1.4], 7), 28)[: MADE.history]
    use[30, : MADE.history] *= blocks
    shape = learnt(use).shape
    assert shape[30] > 1.5 * np.delete(shape, 30).max()


def test_a_day_without_an_index_has_no_expected_use() -> None:
    baselines = learnt(MADE.use)
    index = np.array([1.0, np.nan])
    expected = baselines.expected(index=index, calendar=MADE.calendar.part(0, 2))
    assert np.isnan(expected).tolist() == [[False, True]] * len(MADE.use)


def test_a_room_that_used_nothing_has_no_level() -> None:
    use = MADE.use.copy()
    use[30] = 0
    level = learnt(use).level
    assert not level[30] > 0
    assert np.isfinite(np.delete(level, 30)).all()


def test_cleaning_drops_empty_days_and_clips_parties() -> None:
    use = np.array([[1000.0, 1000.0, 100.0, 9000.0, np.nan]])
    kept, clean = cleaned(use, index=np.ones(5))
    assert kept[0].tolist() == [True, True, False, True, False]
    assert clean[0, 3] == 2500.0


def test_a_colder_future_is_expected_where_cold_was_learnt() -> None:
    made = panels.make(history=364, days=28)
    degrees = 15 + 10 * np.sin(np.arange(len(made.calendar)) / 30)
    calendar = made.calendar
    warm = type(calendar)(calendar.ordinals, calendar.holidays, degrees)
    use = made.use.copy()
    use[30] *= 1 + 0.5 * np.maximum(15.5 - degrees, 0) / 10
    index, past = index_of(use), slice(0, made.history)
    coming = warm.part(made.history, len(warm))
    errors = []
    for told in (warm, made.calendar):
        found = learn(use[:, past], index=index[past], calendar=told.part(0, made.history))
        days = coming if told is warm else made.calendar.part(made.history, len(warm))
        expected = found.expected(index=index[made.history :], calendar=days)
        errors.append(np.abs(expected[30] - use[30, made.history :]).mean())
    assert errors[0] < errors[1]


def test_where_no_comparison_room_tells_anything_there_is_no_baseline_and_no_error() -> None:
    silent = np.full(MADE.history, np.nan)
    past = MADE.use[:, : MADE.history]
    found = learn(past, index=silent, calendar=MADE.calendar.part(0, MADE.history))
    assert np.isnan(found.level).all()
    assert np.isnan(shown(MADE.use, found)).all()
