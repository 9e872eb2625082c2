"""Publishing who stands where: carried on while a period runs, frozen when it has ended."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

import numpy as np
from django.db import transaction
from django.db.models import Max, QuerySet

from campus import bulk
from campus.places import queries as places
from campus.places.models import Campus, Room
from meters.rankings.models import Place, Ranking
from meters.rankings.operations.grouping import form_groups
from meters.rankings.peers import may_be_published
from meters.rankings.periods import Period, is_told, periods_of
from meters.rankings.standings import Bools, Ints, Tally, eligible, order, score, share_permille
from meters.readings import queries as readings
from meters.savings import queries as savings
from meters.savings.queries import TallyBatch

ONE = timedelta(days=1)
_AT_ONCE = 5000
_PLACE = ("ranking", "room", "residence", "rank", "position", "score", "days")
Spot = tuple[int | None, int | None, int, int, int, int]  # room, residence, rank, position, ...


def rank_day(*, campus: Campus, day: date, at: datetime) -> int:
    """
    Tell the week, the month and the term that hold a closed day, as far as they are due.

    Groups too small to hide a room are not published, and a campus of one residence has no order
    of residences. Where nothing has changed nothing is written; where a period that had ended
    changes, the next revision says that it was corrected. Returns how many rankings are new.
    """
    term = places.term_on(campus=campus, day=day)
    if term is None:
        return 0
    groups = form_groups(campus=campus, term=term, day=day)
    periods = periods_of(day, term_starts=term.starts_on, term_ends=term.ends_on)
    return sum(
        _tell(campus, period, groups=groups, through=through, at=at)
        for period in periods
        if (through := _through(campus, period, day))
    )


def _through(campus: Campus, period: Period, day: date) -> date | None:
    """Up to which day a period is told now: further than before, or as far again; None if not."""
    told = Ranking.objects.filter(
        campus=campus, period=period.kind, starts_on=period.starts_on
    ).aggregate(ends_on=Max("ends_on"))["ends_on"]
    if told and told > day:
        last: date = told - ONE
        return last
    return day if is_told(period, day=day) else None


@transaction.atomic
def _tell(
    campus: Campus, period: Period, *, groups: Mapping[int, int], through: date, at: datetime
) -> int:
    after = through + ONE
    batch = savings.tallies_between(campus=campus, starts_on=period.starts_on, ends_on=after)
    length = (after - period.starts_on).days
    ranked = np.array([room in groups for room in batch.room_id.tolist()], dtype=bool)
    ranked &= eligible(_tally(batch), kind=period.kind, length=length)
    rooms = _only(batch, ranked)
    orders: dict[int | None, list[Spot]] = dict(_orders(rooms, groups))
    residences = _residences(campus, rooms, length=length)
    if len(residences) > 1:
        orders[None] = residences
    return _Telling(campus, period, after, at).publish(orders)


@dataclass(frozen=True, slots=True)
class _Telling:
    """A period as it is told now; a fixed number of statements, however many groups there are."""

    campus: Campus
    period: Period
    ends_on: date
    at: datetime

    def publish(self, orders: Mapping[int | None, list[Spot]]) -> int:
        """Write the orders that do not stand already; returns how many."""
        before = {row.group_id: row for row in self._told().order_by("revision")}
        stored = self._stored()
        new = [
            group
            for group, spots in orders.items()
            if not self._stands(before.get(group), stored, spots)
        ]
        self._withdraw([before[group].pk for group in new if group in before])
        rankings = Ranking.objects.bulk_create(
            [self._ranking(group, before.get(group), len(orders[group])) for group in new],
            batch_size=_AT_ONCE,
        )
        rows = ((row.pk, *spot) for row in rankings for spot in orders[row.group_id])
        bulk.insert(model=Place, columns=_PLACE, rows=rows)
        return len(rankings)

    def _told(self) -> QuerySet[Ranking]:
        return Ranking.objects.filter(
            campus=self.campus, period=self.period.kind, starts_on=self.period.starts_on
        )

    def _stored(self) -> Mapping[int, list[Spot]]:
        """Ranking id -> its places in order."""
        rows = Place.objects.filter(ranking__in=self._told()).order_by("ranking_id", "position")
        found: dict[int, list[Spot]] = defaultdict(list)
        for ranking, *spot in rows.values_list(*_PLACE):
            found[ranking].append(tuple(spot))
        return found

    @property
    def _ended(self) -> bool:
        return self.ends_on == self.period.ends_on

    def _stands(
        self, before: Ranking | None, stored: Mapping[int, list[Spot]], spots: list[Spot]
    ) -> bool:
        if before is None or before.ends_on != self.ends_on or before.running == self._ended:
            return False
        return stored[before.pk] == spots or not (before.running or self._is_corrected(before))

    def _is_corrected(self, frozen: Ranking) -> bool:
        """Whether readings changed; what is only known better by now moves no frozen order."""
        return readings.was_revised(
            campus=self.campus,
            starts_on=self.period.starts_on,
            ends_on=self.period.ends_on,
            since=frozen.published_at,
        )

    def _withdraw(self, ids: Sequence[int]) -> None:
        """What was still running gives way to what is told now."""
        for first in range(0, len(ids), _AT_ONCE):
            some = ids[first : first + _AT_ONCE]
            Ranking.objects.filter(pk__in=some, revision=0).delete()

    def _ranking(self, group: int | None, before: Ranking | None, ranked: int) -> Ranking:
        corrects = before is not None and not before.running
        return Ranking(
            campus=self.campus,
            group_id=group,
            period=self.period.kind,
            starts_on=self.period.starts_on,
            ends_on=self.ends_on,
            revision=before.revision + 1 if before and self._ended else int(self._ended),
            note=Ranking.Note.CORRECTED if corrects else Ranking.Note.NONE,
            ranked=ranked,
            published_at=self.at,
        )


def _tally(batch: TallyBatch) -> Tally:
    return Tally(
        people=batch.people,
        days=batch.days,
        counted=batch.counted,
        missing=batch.missing,
        saved_wh=batch.saved_wh,
        expected_wh=batch.expected_wh,
    )


def _only(batch: TallyBatch, wanted: Bools) -> TallyBatch:
    return TallyBatch(*(getattr(batch, name)[wanted] for name in batch.__slots__))


def _orders(
    batch: TallyBatch, groups: Mapping[int, int]
) -> Iterator[tuple[int | None, list[Spot]]]:
    """(group id, its places) of every group that is large enough to be published."""
    of_room = np.array([groups[room] for room in batch.room_id.tolist()], dtype=np.int64)
    scores = score(_tally(batch))
    placed = order(scores, groups=of_room, ids=batch.room_id)
    begins = [*np.flatnonzero(placed.position == 1).tolist(), len(placed.row)]
    for first, after in pairwise(begins):
        rows = placed.row[first:after]
        if may_be_published(batch.people[rows].tolist()):
            columns: tuple[Ints, ...] = (
                batch.room_id[rows], placed.rank[first:after], placed.position[first:after],
                scores[rows], batch.counted[rows],
            )  # fmt: skip
            spots = zip(*(column.tolist() for column in columns), strict=True)
            yield int(of_room[rows[0]]), [(room, None, *rest) for room, *rest in spots]


def _residences(campus: Campus, batch: TallyBatch, *, length: int) -> list[Spot]:
    """The places of the residences by what their rooms saved together."""
    home = dict(Room.objects.filter(residence__campus=campus).values_list("pk", "residence_id"))
    of_room = np.array([home[room] for room in batch.room_id.tolist()], dtype=np.int64)
    here = {pk: of_room == pk for pk in np.unique(of_room).tolist()}
    large = [pk for pk in here if may_be_published(batch.people[here[pk]].tolist())]
    ids = np.array(large, dtype=np.int64)
    shares = share_permille(
        saved_wh=np.array([batch.saved_wh[here[pk]].sum() for pk in large], dtype=np.int64),
        expected_wh=np.array([batch.expected_wh[here[pk]].sum() for pk in large], dtype=np.int64),
    )
    placed = order(shares, groups=np.zeros_like(ids), ids=ids)
    return [
        (None, int(ids[row]), int(rank), int(position), int(shares[row]), length)
        for row, rank, position in zip(placed.row, placed.rank, placed.position, strict=True)
    ]
