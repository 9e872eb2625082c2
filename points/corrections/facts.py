"""What this room hands to others: frozen, and free of tables."""

from dataclasses import dataclass

from meters.readings.facts import CorrectionFact


@dataclass(frozen=True, slots=True)
class ForPerson:
    """
    What a decision changes for one resident: money in minor units (above zero is owed, below given
    back), points of either kind. `nickname` is empty for somebody who was erased.
    """

    room_number: str
    nickname: str
    amount: int
    cp: int
    sun: int


@dataclass(frozen=True, slots=True)
class ForRoom:
    """
    What a decision changes for one room: its use, what it is seen to have saved on these days, and
    what of its savings is booked, in Wh; `landlord` is the amount that no resident bears.
    """

    room_number: str
    used_before: int
    used_after: int
    saved_before: int
    saved_after: int
    booked_before: int
    booked_after: int
    landlord: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who gains and who loses if some corrections are accepted together."""

    corrections: tuple[CorrectionFact, ...]
    rooms: tuple[ForRoom, ...]
    people: tuple[ForPerson, ...]
    currency: str
    minor_digits: int
