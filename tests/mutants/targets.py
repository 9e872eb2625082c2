"""The modules that are mutated, and the tests that ought to see it."""

from collections.abc import Mapping, Sequence

# Files of plain tests: Hypothesis will not run a test case a second time in another process.

LEDGER, COUPONS = "tests/points/ledger", "tests/points/coupons"
_BOOK = (
    f"{LEDGER}/operations/test_posting.py",
    f"{LEDGER}/operations/test_lots.py",
    f"{LEDGER}/operations/test_corrections.py",
    f"{LEDGER}/operations/test_expiry.py",
    f"{LEDGER}/test_queries.py",
)
_COUNTER = (
    f"{COUPONS}/operations/test_redeeming.py",
    f"{COUPONS}/operations/test_undoing.py",
    f"{COUPONS}/api/test_counter.py",
)
_BOOKED = (
    *_COUNTER,
    f"{COUPONS}/operations/test_buying.py",
    f"{COUPONS}/operations/test_expiring.py",
)
_STATEMENTS = (f"{COUPONS}/operations/test_closing.py",)
_NIGHTS = (
    "tests/campus/nights/operations/test_closing.py",
    "tests/campus/nights/operations/test_claiming.py",
    "tests/campus/nights/operations/test_asking.py",
    "tests/campus/nights/test_api.py",
)

TARGETS: Mapping[str, Sequence[str]] = {
    "points/ledger/operations/posting.py": _BOOK,
    "points/ledger/operations/lots.py": _BOOK,
    "points/ledger/fifo.py": (f"{LEDGER}/test_fifo.py", *_BOOK),
    "points/coupons/operations/redeeming.py": _COUNTER,
    "points/coupons/operations/booking.py": _BOOKED,
    "points/coupons/operations/closing.py": _STATEMENTS,
    "campus/nights/operations/closing.py": _NIGHTS,
}
