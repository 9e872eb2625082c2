"""Objecting to an entry, answering, and forgetting the words of an erased person."""

from datetime import datetime

from django.db import IntegrityError, transaction

from campus.people import queries as people
from campus.people.forgetting import Person
from campus.people.models import Holder, User
from points.ledger.queries import Entry
from points.passbook.models import Objection
from points.passbook.refusals import AlreadyAnswered, AlreadyObjected

State = Objection.State


def object_to(*, holder: Holder, entry: Entry, text: str, at: datetime) -> Objection:
    """
    Tell the managers of one's residence that an own entry is wrong.

    :raises AlreadyObjected: if an earlier objection to it waits for its answer
    """
    day = at.astimezone(holder.campus.zone).date()
    try:
        with transaction.atomic():
            return Objection.objects.create(
                campus=holder.campus,
                room=people.room_of(holder=holder, day=day),
                holder=holder,
                entry_id=entry.transfer_id,
                text=text,
                asked_at=at,
            )
    except IntegrityError:
        if Objection.objects.filter(entry=entry.transfer_id, state=State.OPEN).exists():
            raise AlreadyObjected from None
        raise


def answer(*, objection: Objection, by: User, text: str, state: str, at: datetime) -> None:
    """
    Answer an objection, once. It books nothing: an accepted one is followed by a correction.

    :param state: ACCEPTED or DECLINED
    :raises AlreadyAnswered: if somebody was faster
    """
    waiting = Objection.objects.filter(pk=objection.pk, state=State.OPEN)
    if not waiting.update(state=state, answer=text, answered_by=by, answered_at=at):
        raise AlreadyAnswered


def forget(*, person: Person, at: datetime) -> None:
    """Empty what an erased person wrote and was answered; nobody waits for an answer any more."""
    own = Objection.objects.filter(holder=person.holder_id)
    own.filter(state=State.OPEN).update(state=State.DECLINED, answered_at=at)
    own.update(text="", answer="")
