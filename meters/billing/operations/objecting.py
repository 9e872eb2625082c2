"""Saying that a bill is wrong, answering, and forgetting the words of an erased person."""

from datetime import datetime

from django.db import IntegrityError, transaction

from campus.people.forgetting import Person
from campus.people.models import Holder, User
from meters.billing.models import BillObjection, DailyCharge
from meters.billing.operations.telling import tell_answered
from meters.billing.refusals import AlreadyAnswered, AlreadyObjected

State = BillObjection.State


def object_to(
    *, holder: Holder, charge: DailyCharge, line: str, text: str, at: datetime
) -> BillObjection:
    """
    Tell the managers of a residence that a day's bill, or one line of it, is wrong.

    :raises AlreadyObjected: if an earlier objection of theirs to it waits for its answer
    """
    try:
        with transaction.atomic():
            return BillObjection.objects.create(
                holder=holder, charge=charge, line=line, text=text, asked_at=at
            )
    except IntegrityError:
        waiting = BillObjection.objects.filter(holder=holder, charge=charge, state=State.OPEN)
        if waiting.exists():
            raise AlreadyObjected from None
        raise


@transaction.atomic
def answer(*, objection: BillObjection, by: User, text: str, state: str, at: datetime) -> None:
    """
    Answer an objection, once. It changes no bill: a correction does, and is billed by itself.

    :param state: ACCEPTED or DECLINED
    :raises AlreadyAnswered: if somebody was faster
    """
    waiting = BillObjection.objects.filter(pk=objection.pk, state=State.OPEN)
    if not waiting.update(state=state, answer=text, answered_by=by, answered_at=at):
        raise AlreadyAnswered
    tell_answered(objection=objection, at=at)


def forget(*, person: Person, at: datetime) -> None:
    """Empty what an erased person wrote and was answered; nobody waits for an answer any more."""
    own = BillObjection.objects.filter(holder=person.holder_id)
    own.filter(state=State.OPEN).update(state=State.DECLINED, answered_at=at)
    own.update(text="", answer="")
