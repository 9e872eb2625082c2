from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from meters.savings.lottery import digest, drawn, recommended

UIDS = [f"room-{n:03}" for n in range(40)]


def test_the_draw_is_the_order_of_the_hashes_that_everybody_can_compute() -> None:
    order = drawn(UIDS, seed="winter")
    numbers = [sha256(f"winter:{uid}".encode()).hexdigest() for uid in order]
    assert numbers == sorted(numbers)
    assert sorted(order) == UIDS


@given(shuffled=st.permutations(UIDS), seed=st.text(max_size=20))
def test_the_order_in_which_rooms_come_changes_nothing(shuffled: list[str], seed: str) -> None:
    assert drawn(shuffled, seed=seed) == drawn(UIDS, seed=seed)
    assert digest(shuffled) == digest(UIDS)


def test_another_seed_draws_other_rooms() -> None:
    assert set(drawn(UIDS, seed="a")[:10]) != set(drawn(UIDS, seed="b")[:10])


def test_a_tenth_is_recommended_but_sixty_at_least_and_a_third_at_most() -> None:
    assert [recommended(rooms) for rooms in (30, 150, 300, 5000)] == [10, 50, 60, 500]
