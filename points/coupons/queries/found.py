"""What is not there is a 404."""

from typing import TypeVar

from campus.errors import NotFound

T = TypeVar("T")


def found(row: T | None) -> T:
    """
    The row itself.

    :raises NotFound: if there is none
    """
    if row is None:
        raise NotFound
    return row
