"""The night's awards: judged outside any transaction, kept and posted chunk by chunk."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from campus.nights import operations as nights
from campus.people import queries as people
from campus.places.models import Campus
from points.earning import queries
from points.earning.operations import carbon, limiting, sunlight, written
from points.earning.operations.written import Verdict

STEP = "points.award"
# Holders of one chunk, by id: the same holder falls into the same chunk however often it is asked.
SPAN = 10_000


def award_night(*, campus: Campus, day: date, at: datetime, run_id: int) -> int:
    """
    Award the night of `day`: sunlight for its savings, carbon points for what was settled.

    Also judges again what late data changed of other days. Returns how many awards were written;
    asked again for a night that is done, none.

    :param run_id: the NightRun, whose chunks remember what is done
    """
    terms = queries.dated_terms(campus=campus)
    verdicts = [
        *sunlight.verdicts(campus=campus, day=day, terms=terms),
        *carbon.verdicts(campus=campus, day=day, terms=terms),
    ]
    gone = people.erased(campus=campus)
    verdicts = limiting.of_night(
        [each for each in verdicts if each.holder_id not in gone],
        campus=campus,
        terms=terms,
        day=day,
        at=at,
    )
    spans = _spans(verdicts)
    nights.plan_chunks(run_id=run_id, step=STEP, numbers=spans)
    return sum(_chunk(campus, number, rows, at, run_id) for number, rows in sorted(spans.items()))


def _spans(verdicts: Sequence[Verdict]) -> Mapping[int, Sequence[Verdict]]:
    spans: dict[int, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        spans[verdict.holder_id // SPAN].append(verdict)
    return spans


def _chunk(
    campus: Campus, number: int, verdicts: Sequence[Verdict], at: datetime, run_id: int
) -> int:
    with nights.chunk(run_id=run_id, step=STEP, number=number, at=at) as part:
        if part is None:
            return 0
        part.rows = written.write(campus=campus, verdicts=verdicts, at=at, run_id=run_id)
        return part.rows
