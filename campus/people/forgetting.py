"""Who is to be forgotten: what leads to a person, for the rooms that must lose it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """
    A person about to be erased. `holder_id` is None for staff who own no books.

    `names` are all the words that lead to them: username, nickname, e-mail addresses, public id.
    """

    user_id: int
    holder_id: int | None
    names: Sequence[str]
