import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from meters.readings.row import Event, Twice
from meters.readings.sorting import Rows, place, sift
from meters.readings.sorting.spool import AMOUNT, AT, LINE, WIDTH

HOUR = 3600


def rows(
    *told: tuple[int, int, int], twice: tuple[int, ...] = (), event: Event = Event.NONE
) -> Rows:
    """(channel, at, amount) of hours in the order of their lines, the first on line 2."""
    table = [
        (channel, at, amount, line, HOUR, event << 2 | (Twice.AMBIGUOUS << 4) * (at in twice), 0)
        for line, (channel, at, amount) in enumerate(told, start=2)
    ]
    return np.array(table, dtype=np.int64).reshape(-1, WIDTH)


def test_the_same_again_names_the_line_it_repeats() -> None:
    sifted = sift(rows((1, 10, 5), (2, 10, 5), (1, 10, 5), (1, 10, 5)))
    assert sifted.kept[:, LINE].tolist() == [2, 3]
    assert sifted.repeated.tolist() == [[4, 2], [5, 2]]
    assert len(sifted.held) == 0


def test_every_telling_of_a_torn_time_is_held() -> None:
    sifted = sift(rows((1, 10, 5), (1, 10, 6), (1, 10, 5), (1, 11, 5)))
    assert [group[:, LINE].tolist() for group in sifted.held_times()] == [[2, 3, 4]]
    assert sifted.kept[:, LINE].tolist() == [5]
    assert len(sifted.repeated) == 0


def test_a_later_revision_supersedes_and_is_not_torn() -> None:
    told = rows((1, 10, 5), (1, 10, 6))
    told[1, -1] = 1
    sifted = sift(told)
    assert sifted.kept[:, LINE].tolist() == [3]
    assert sifted.superseded[:, LINE].tolist() == [2]


few = st.integers(min_value=0, max_value=2)


@given(st.lists(st.tuples(few, few, few), max_size=30))
def test_every_row_goes_into_exactly_one_kind(told: list[tuple[int, int, int]]) -> None:
    sifted = sift(rows(*told))
    lines = [*sifted.kept[:, LINE], *sifted.repeated[:, 0], *sifted.held[:, LINE]]
    assert sorted(lines) == [line for line, _row in enumerate(told, start=2)]


def placed(*told: tuple[int, int, int]) -> list[tuple[int, int]]:
    table, lost = place(rows(*told, twice=(2 * HOUR,)))
    assert not len(lost)
    in_lines = table[np.argsort(table[:, LINE])]
    return [(int(row[AT]) // HOUR, int(row[AMOUNT])) for row in in_lines]


def test_the_repeated_hour_told_twice_is_placed_by_order() -> None:
    assert placed((1, 2 * HOUR, 7), (1, 2 * HOUR, 8)) == [(2, 7), (3, 8)]


def test_the_repeated_hour_of_a_file_with_the_newest_first_is_placed_backwards() -> None:
    after, before = (1, 4 * HOUR, 4), (1, HOUR, 1)
    told = placed(after, (1, 2 * HOUR, 8), (1, 2 * HOUR, 7), before)
    assert told == [(4, 4), (3, 8), (2, 7), (1, 1)]


def test_the_repeated_hour_sent_again_falls_on_the_same_places() -> None:
    again = [(1, 2 * HOUR, 7), (1, 2 * HOUR, 8)] * 2
    assert placed(*again) == [(2, 7), (3, 8), (2, 7), (3, 8)]


def test_the_repeated_hour_told_once_is_placed_by_its_neighbours() -> None:
    before, after = (1, HOUR, 1), (1, 4 * HOUR, 4)
    assert placed(before, (1, 2 * HOUR, 7)) == [(1, 1), (2, 7)]
    assert placed((1, 2 * HOUR, 7), after) == [(3, 7), (4, 4)]
    assert placed(before, (1, 2 * HOUR, 7), after) == [(1, 1), (2, 7), (4, 4)]


def test_the_repeated_hour_told_alone_is_not_guessed() -> None:
    table, lost = place(rows((1, 2 * HOUR, 7), (2, HOUR, 1), twice=(2 * HOUR,)))
    assert lost[:, LINE].tolist() == [2]
    assert table[:, LINE].tolist() == [3]
