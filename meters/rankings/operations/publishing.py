"""Publishing who stands where: carried on while a period runs, frozen when it has ended."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from django.db import transaction
from django.db.models import Max

from campus.places import queries as places
from campus.places.models import Campus, Room
from meters.rankings.models import Place, Ranking
from meters.rankings.operations.grouping import form_groups
from meters.rankings.peers import may_be_published
from meters.rankings.periods import Period, is_told, periods_of
from meters.rankings.standings import Bools, Ints, Tally, eligible, order, score, share_permille
from meters.readings import bulk
from meters.savings import queries as savings
from meters.savings.queries import TallyBatch

ONE = timedelta(days=1)
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
    told = _Told(campus, period, after, at)
    length = (after - period.starts_on).days
    ranked = np.array([room in groups for room in batch.room_id.tolist()], dtype=bool)
    ranked &= eligible(_tally(batch), kind=period.kind, length=length)
    rooms = _only(batch, ranked)
    new = [told.store(group, spots) for group, spots in _orders(rooms, groups)]
    residences = _residences(campus, rooms, length=length)
    if len(residences) > 1:
        new.append(told.store(None, residences))
    return sum(new)


@dataclass(frozen=True, slots=True)
class _Told:
    """A period as it is told now."""

    campus: Campus
    period: Period
    ends_on: date
    at: datetime

    def store(self, group_id: int | None, spots: Sequence[Spot]) -> bool:
        """Write an order unless it stands already; says whether it did."""
        rows = Ranking.objects.filter(
            campus=self.campus, period=self.period.kind, starts_on=self.period.starts_on,
            group_id=group_id,
        )  # fmt: skip
        before = rows.order_by("-revision").first()
        ended = self.ends_on == self.period.ends_on
        same = before is not None and before.ends_on == self.ends_on and _same(before, spots)
        if before is not None and same and before.running == (not ended):
            return False
        if before is not None and before.running:
            before.delete()
        corrected = before is not None and not before.running
        ranking = Ranking.objects.create(
            campus=self.campus,
            group_id=group_id,
            period=self.period.kind,
            starts_on=self.period.starts_on,
            ends_on=self.ends_on,
            revision=before.revision + 1 if before and ended else int(ended),
            note=Ranking.Note.CORRECTED if corrected else Ranking.Note.NONE,
            ranked=len(spots),
            published_at=self.at,
        )
        bulk.insert(model=Place, columns=_PLACE, rows=((ranking.pk, *spot) for spot in spots))
        return True


def _same(ranking: Ranking, spots: Sequence[Spot]) -> bool:
    stored = ranking.places.order_by("position").values_list(*_PLACE[1:])
    return list(stored) == list(spots)


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


def _orders(batch: TallyBatch, groups: Mapping[int, int]) -> Iterator[tuple[int, list[Spot]]]:
    """(group id, its places) of every group that is large enough to be published."""
    of_room = np.array([groups[room] for room in batch.room_id.tolist()], dtype=np.int64)
    scores = score(_tally(batch))
    placed = order(scores, groups=of_room, ids=batch.room_id)
    for group in np.unique(of_room).tolist():
        here = of_room[placed.row] == group
        rows = placed.row[here]
        if may_be_published(batch.people[rows].tolist()):
            columns: tuple[Ints, ...] = (
                batch.room_id[rows], placed.rank[here], placed.position[here],
                scores[rows], batch.counted[rows],
            )  # fmt: skip
            spots = zip(*(column.tolist() for column in columns), strict=True)
            yield group, [(room, None, *rest) for room, *rest in spots]


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
