"""A past term under other terms, worked out in the background: asked, told, kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from campus.nights.operations import put
from campus.people.models import User
from campus.places.models import Campus, Term
from meters.savings.models import TermRehearsal
from meters.savings.queries.resettled import resettled
from meters.savings.refusals import NothingSettled, RehearsalRunning
from meters.savings.trial import Trial

KEPT = 20  # rehearsals of a campus


@transaction.atomic
def ask_rehearsal(
    *, term: Term, asked: Mapping[str, Any], by: User | None, at: datetime
) -> TermRehearsal:
    """
    Ask for a term under other terms (see `trial.Trial`); it is worked out after the commit.

    :raises NothingSettled: if nothing of the term was settled
    :raises RehearsalRunning: if another one of the campus is not done
    """
    campus = Campus.objects.select_for_update().get(pk=term.campus_id)
    rows = TermRehearsal.objects.filter(term__campus=campus)
    if not term.snapshots.exists():
        raise NothingSettled
    if rows.filter(state=TermRehearsal.State.WAITING).exists():
        raise RehearsalRunning
    row = TermRehearsal.objects.create(term=term, asked=dict(asked), asked_by=by, asked_at=at)
    kept = rows.order_by("-pk").values_list("pk", flat=True)[:KEPT]
    rows.exclude(pk__in=list(kept)).delete()
    put(
        task="meters.rehearse_term",
        arguments={"rehearsal_id": row.pk, "at": at.isoformat()},
        key=f"rehearsal:{row.pk}",
        at=at,
    )
    return row


def work_out(*, rehearsal: TermRehearsal, at: datetime) -> TermRehearsal:
    """Settle the term again by other terms, and keep what would have come of it."""
    if rehearsal.state != TermRehearsal.State.WAITING:
        return rehearsal
    trial = Trial(**rehearsal.asked)
    rehearsal.result = resettled(term=rehearsal.term, trial=trial)
    rehearsal.state, rehearsal.done_at = TermRehearsal.State.DONE, at
    rehearsal.save(update_fields=["result", "state", "done_at"])
    return rehearsal
