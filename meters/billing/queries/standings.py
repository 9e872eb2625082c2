"""Where rooms stand in their cycle: the newest charges and shares, read set by set."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from meters.billing.charging import Charge, Key, Standing
from meters.billing.models import DailyCharge, Share
from meters.billing.splitting import Account

BY_NAME = 200
ROW = (
    "pk", "room_id", "revision", "tariff_id", "mode", "wh", "amount", "before_wh",
    "occupant_nights", "lines", "billed_from", "cycle_wh", "cycle_amount", "cycle_starts_on",
    "by_period", "use_revision", "pool_entitled",
)  # fmt: skip
Shares = Mapping[Key, tuple[int, int, int, bool]]


@dataclass(frozen=True, slots=True)
class Stored:
    """The newest charge of a room's day as the table has it."""

    shares: Shares
    pk: int
    revision: int
    tariff_id: int
    mode: str
    wh: int | None
    amount: int
    before_wh: int
    nights: int
    lines: Mapping[str, str]
    billed_from: date
    cycle_wh: int
    cycle_amount: int
    cycle_starts_on: date
    by_period: Mapping[str, int]
    use_revision: int
    pool_entitled: int | None

    @property
    def present(self) -> frozenset[int]:
        """Who was there that night, as it was charged; the landlord is nobody."""
        return frozenset(
            key for key, (*_, present) in self.shares.items() if present and key is not None
        )

    @property
    def standing(self) -> Standing:
        """Where the room stood after the day."""
        accounts = {
            key: Account(entitled, paid) for key, (_, entitled, paid, _) in self.shares.items()
        }
        return Standing(
            self.billed_from, self.cycle_wh, self.cycle_amount, accounts, self.by_period
        )

    def says(self, charge: Charge, *, tariff_id: int) -> bool:
        """Whether the table already holds this charge."""
        room, after = charge.room, charge.standing
        return (
            self.tariff_id == tariff_id
            and (self.wh, self.amount) == (room.wh, charge.amount)
            and (self.cycle_wh, self.cycle_amount) == (after.cycle_wh, after.cycle_amount)
            and (self.before_wh, self.nights) == (room.before_wh, room.nights)
            and self.lines == charge.lines
            and self.by_period == after.by_period
            and self.shares == shares_of(charge)
        )


def shares_of(charge: Charge) -> Shares:
    """The parts of a charge in the units of the table: amount, entitled, paid, present."""
    return {
        key: (part.amount, round(part.account.entitled), part.account.given, part.present)
        for key, part in charge.parts.items()
    }


def stored_on(day: date, *, room_ids: Sequence[int]) -> dict[int, Stored]:
    """Room id -> its newest charge of a day."""
    return _newest(Q(day=day), room_ids)


def stored_before(day: date, *, since: date, room_ids: Sequence[int]) -> dict[int, Stored]:
    """Room id -> its newest charge of the last charged day in [since, day)."""
    if since >= day:
        return {}
    found = stored_on(day - timedelta(days=1), room_ids=room_ids)
    rest = [room for room in room_ids if room not in found]
    if rest:
        found |= _newest(Q(day__gte=since, day__lt=day), rest)
    return {room: row for room, row in found.items() if row.cycle_starts_on == since}


def charged_days_after(day: date, *, room_ids: Sequence[int]) -> list[date]:
    """The later days, charged already, of the cycles that rooms were in on a day; or a few more."""
    rows = DailyCharge.objects.filter(
        among("room_id", room_ids), day__gt=day, cycle_starts_on__lte=day
    )
    return sorted(rows.values_list("day", flat=True).distinct())


def keys_on(day: date, *, revisions: Mapping[int, int]) -> dict[int, int]:
    """Room id -> the key of one revision of its charge of a day."""
    rows = DailyCharge.objects.filter(among("room_id", list(revisions)), day=day)
    return {
        room: pk
        for room, revision, pk in rows.values_list("room_id", "revision", "pk")
        if revisions.get(room) == revision
    }


def _newest(wanted: Q, room_ids: Sequence[int]) -> dict[int, Stored]:
    rows = DailyCharge.objects.filter(wanted, among("room_id", room_ids))
    told = rows.order_by("day", "revision").values_list(*ROW)
    asked = set(room_ids)
    newest = {row[1]: row for row in told if row[1] in asked}
    shares = _shares([row[0] for row in newest.values()])
    return {room: Stored(shares[row[0]], row[0], *row[2:]) for room, row in newest.items()}


def _shares(charge_ids: Sequence[int]) -> Mapping[int, dict[Key, tuple[int, int, int, bool]]]:
    found: dict[int, dict[Key, tuple[int, int, int, bool]]] = defaultdict(dict)
    rows = Share.objects.filter(among("charge_id", charge_ids))
    columns = ("charge_id", "holder_id", "amount", "entitled", "paid", "present")
    for charge, holder, amount, entitled, paid, present in rows.values_list(*columns):
        found[charge][holder] = (amount, entitled, paid, present)
    return found


def among(field: str, ids: Sequence[int]) -> Q:
    """
    A few ids by their names; many by the range they lie in, so that the statement of a whole campus
    is as short as that of a room. Whoever asks for many drops what it did not ask for.
    """
    if len(ids) <= BY_NAME:
        return Q((f"{field}__in", ids))
    return Q((f"{field}__gte", min(ids)), (f"{field}__lte", max(ids)))
