"""Objections and answers when many ask at once: counted on PostgreSQL only."""

import pytest

from points.passbook.models import Objection
from tests import factories as make
from tests.points.passbook.making import a_saver, a_settled_award
from tests.points.races import asked, race, tally

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_twenty_taps_object_once() -> None:
    saver = a_saver()
    a_settled_award(saver)
    path, body = "wallet/entries/CP-1/objection/", {"text": "Wrong."}
    answers = race([asked(saver.user, path, body) for _tap in range(20)])
    assert tally(answers) == {(201, ""): 1, (409, "already_objected"): 19}
    assert Objection.objects.count() == 1


def test_two_managers_who_answer_at_once_give_one_answer() -> None:
    saver = a_saver()
    a_settled_award(saver)
    [status] = race([asked(saver.user, "wallet/entries/CP-1/objection/", {"text": "Wrong."})])
    assert status == (201, "")
    path = f"manage/objections/{Objection.objects.get().uid}/answer/"
    managers = [make.a_manager() for _manager in range(8)]
    acts = [asked(who, path, {"text": "No.", "state": "DECLINED"}) for who in managers]
    assert tally(race(acts)) == {(200, ""): 1, (409, "already_answered"): 7}
