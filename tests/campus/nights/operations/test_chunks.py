from collections.abc import Sequence

import pytest
from django.db import IntegrityError

from campus.nights import operations, queries
from campus.nights.models import Chunk, Claim, NightRun
from campus.nights.operations import claiming
from campus.nights.refusals import ClaimLost
from campus.people.models import User
from tests import factories as make
from tests.campus.nights.plan import AT, DAY

pytestmark = pytest.mark.django_db
STEP = "points.award"


@pytest.fixture
def run() -> NightRun:
    return NightRun.objects.create(campus=make.a_campus(), day=DAY, started_at=AT)


def write(run: NightRun, *, rows: int = 3, users: Sequence[str] = ()) -> bool:
    """Whether the chunk was still to be written."""
    with operations.chunk(run_id=run.pk, step=STEP, number=0, at=AT) as part:
        for username in users:
            make.a_user(username=username)
        if part is not None:
            part.rows = rows
        return part is not None


def test_a_chunk_is_written_once(run: NightRun) -> None:
    assert [write(run), write(run, rows=9)] == [True, False]
    assert Chunk.objects.values_list("rows", "done_at").get() == (3, AT)


def test_a_chunk_that_fails_undoes_what_it_wrote_and_is_not_done(run: NightRun) -> None:
    with pytest.raises(IntegrityError):
        write(run, users=("halfway", "halfway"))
    assert not User.objects.exists()
    assert write(run)


def test_chunks_told_beforehand_show_how_far_a_step_has_come(run: NightRun) -> None:
    operations.plan_chunks(run_id=run.pk, step=STEP, numbers=range(4))
    operations.plan_chunks(run_id=run.pk, step=STEP, numbers=range(4))
    write(run)
    night = queries.night(campus=run.campus, day=DAY)
    assert night
    assert night.steps[0].chunks == queries.Progress(done=1, total=4)


def test_a_chunk_is_refused_to_a_process_whose_claim_was_taken_over(run: NightRun) -> None:
    with claiming.hold(campus=run.campus):
        Claim.objects.update(token=None)
        with pytest.raises(ClaimLost):
            write(run)
    assert not Chunk.objects.filter(done_at__isnull=False).exists()
