"""What must hold on a campus after any batch, and how random wishes are made."""

from collections import Counter
from dataclasses import replace

from hypothesis import strategies as st

from points.game.rules import book as rules_book
from points.game.rules import placement
from points.game.rules.actions import Action
from points.game.rules.state import CAMPUS, PLACED, RETURNED, VISIBILITIES, Campus, Spot

BOOK = rules_book.current()
# Items that meet each other: large and small, flat, on water, beside water, indoors.
ITEMS = (
    "dorm_lodge", "bike_station", "bench", "stone_path", "pond", "lotus", "willow", "ginkgo",
    "easel", "fountain", "castle",
)  # fmt: skip
KINDS = ("buy", "buy", "buy", "place", "move", "move", "store", "return", "upgrade",
         "unlock_parcel", "collect", "rename", "layout_save", "layout_load", "visibility", "donate",
         "water")  # fmt: skip
DROPS = ("d0", "d1", "d2")
SPOTS = st.builds(
    Spot,
    x=st.integers(5, 14),
    y=st.integers(5, 18),
    rot=st.integers(-1, 4),
    space=st.sampled_from((CAMPUS, CAMPUS, CAMPUS, "a0", "a1", "nowhere")),
)


def wishes(*, most: int) -> st.SearchStrategy[list[Action]]:
    """Batches whose actions mostly speak of one another's items."""
    return st.lists(_drafts(), max_size=most).map(
        lambda drafts: [_numbered(draft, number) for number, draft in enumerate(drafts)]
    )


def _drafts() -> st.SearchStrategy[Action]:
    return st.builds(
        Action,
        id=st.just(""),
        type=st.sampled_from(KINDS),
        item=st.sampled_from(ITEMS),
        currency=st.sampled_from(("SUN", "SUN", "SUN", "CP")),
        instance=st.integers(0, 11).map(lambda number: f"a{number}"),
        spot=st.one_of(st.none(), SPOTS),
        parcel=st.integers(-1, 16),
        drops=st.one_of(
            st.none(), st.lists(st.sampled_from(("d0", "d1", "d2")), max_size=3).map(tuple)
        ),
        name=st.text(max_size=4),
        owner=st.just("00000000-0000-7000-8000-00000000000f"),
        amount=st.integers(-1, 90),
        slot=st.integers(-1, 3),
        visibility=st.sampled_from(VISIBILITIES),
        preview=st.booleans(),
    )


def _numbered(draft: Action, number: int) -> Action:
    of_things = ("place", "move", "store", "return", "upgrade", "water")
    instance = draft.instance if draft.type in of_things else ""
    return replace(draft, id=f"a{number}", instance=instance)


def check(campus: Campus, before: Campus) -> None:
    """The laws of a campus, and that nothing was lost since `before`."""
    assert min(campus.balances.values()) >= 0
    assert set(before.instances) <= set(campus.instances)
    assert before.parcels <= campus.parcels
    for one in campus.instances.values():
        assert (one.spot is not None) == (one.state == PLACED)
        was = before.instances.get(one.id)
        assert was is None or was.state != RETURNED or one.state == RETURNED
    _check_cells(campus)
    _check_counts(campus)


def _check_cells(campus: Campus) -> None:
    held: Counter[tuple[str, str, int, int]] = Counter()
    for one in placement.in_space(campus=campus, space=CAMPUS):
        item = BOOK.items[one.item]
        assert one.spot is not None
        for x, y in placement.cells(item=item, spot=one.spot):
            assert placement.parcel_of(x=x, y=y, book=BOOK) in campus.parcels
            held[CAMPUS, item.layer, x, y] += 1
            if item.makes_water or (not item.water and item.layer == "object"):
                held["dry", "object", x, y] += 1
    assert max(held.values(), default=0) <= 1


def _check_counts(campus: Campus) -> None:
    owned = Counter(one.item for one in campus.instances.values() if one.state != RETURNED)
    for name, count in owned.items():
        limit = BOOK.items[name].limit
        assert limit is None or count <= limit
