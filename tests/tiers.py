"""How much is tried: a little in each `./test`, the whole in `./test --long`."""

FULL = False  # set by conftest, before any test file is read


def tier(*, quick: int, full: int) -> int:
    """A count of trials, threads, runs or steps."""
    return full if FULL else quick
