"""Parts of a step, each written in one short transaction and marked done in the same."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from campus.nights.models import Chunk, NightRun
from campus.nights.operations import claiming
from campus.nights.operations.closing import step_of


def plan_chunks(*, run_id: int, step: str, numbers: Iterable[int]) -> None:
    """Tell beforehand which chunks a step will write, so that its progress can be shown."""
    of = step_of(run_id=run_id, name=step)
    Chunk.objects.bulk_create(
        (Chunk(step=of, number=number) for number in numbers), ignore_conflicts=True
    )


@contextmanager
def chunk(*, run_id: int, step: str, number: int, at: datetime) -> Iterator[Chunk | None]:
    """
    One short transaction for a part of a step, marked done in the same; None if it was done.

    Whoever comes second waits for the first, and then finds it done. Set `rows` of the chunk to
    tell how much was written.

    :raises ClaimLost: if another process has taken over the night
    """
    of = step_of(run_id=run_id, name=step)
    Chunk.objects.get_or_create(step=of, number=number)
    campus_id = NightRun.objects.values_list("campus_id", flat=True).get(pk=run_id)
    with claiming.guarded(campus_id=campus_id):
        part = Chunk.objects.select_for_update().get(step=of, number=number)
        if part.done_at is not None:
            yield None
            return
        yield part
        part.done_at = at
        part.save(update_fields=["rows", "done_at"])
