import numpy as np

from meters.savings.index import peer_index, rooms_told, usual


def test_usual_passes_over_missing_days() -> None:
    assert usual(np.array([[1000.0, np.nan, 3000.0]])).tolist() == [2000.0]


def test_usual_of_a_room_without_a_reading_is_unknown() -> None:
    assert np.isnan(usual(np.array([[np.nan, np.nan]]))[0])


def test_a_room_of_any_size_weighs_the_same() -> None:
    use = np.array([[1100.0, 900.0], [11000.0, 9000.0]])
    assert np.allclose(peer_index(use, usual_use=np.array([1000.0, 10000.0])), [1.1, 0.9])


def test_a_party_and_an_empty_room_are_cut_from_either_end() -> None:
    use = np.full((10, 1), 1000.0)
    use[0], use[1] = 50_000.0, 0.0
    assert peer_index(use, usual_use=np.full(10, 1000.0))[0] == 1.0


def test_a_day_that_nobody_told_has_no_index() -> None:
    assert np.isnan(peer_index(np.full((4, 1), np.nan), usual_use=np.ones(4))[0])


def test_rooms_without_a_usual_use_do_not_speak() -> None:
    use = np.array([1000.0, np.nan, 500.0])
    assert rooms_told(use, usual_use=np.array([900.0, 900.0, np.nan])) == 1
