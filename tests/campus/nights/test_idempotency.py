from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from campus.errors import CampusError
from campus.nights import idempotency
from campus.nights.models import IdempotencyKey
from campus.people.models import Holder, User
from tests import factories as make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 3, tzinfo=UTC)
KEY = "0123456789"


class Refused(CampusError):
    code, status = "sold_out", 409


def asked(user: User, body: dict[str, object], key: str = KEY) -> Request:
    raw = APIRequestFactory().post(
        "/api/v1/x/", body, format="json", headers={"Idempotency-Key": key}
    )
    request = Request(raw, parsers=[JSONParser()])
    request.user = user
    return request


def a_holder() -> tuple[int, dict[str, object]]:
    holder = Holder.objects.create(kind=Holder.Kind.PERSON, campus=make.a_campus())
    return 201, {"uid": holder.uid}


def answer(user: User, effect: Callable[[], idempotency.Answer], **body: object) -> object:
    return idempotency.answer_once(request=asked(user, body), at=AT, effect=effect)


def test_the_same_key_answers_the_same_and_does_it_once() -> None:
    user = make.a_user()
    first, again = answer(user, a_holder, a=1), answer(user, a_holder, a=1)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.data == again.data
    assert Holder.objects.count() == 1


def test_the_same_key_of_another_person_is_another_key() -> None:
    answer(make.a_user(), a_holder)
    answer(make.a_user(), a_holder)
    assert Holder.objects.count() == 2


def test_the_same_key_with_another_body_is_refused() -> None:
    user = make.a_user()
    answer(user, a_holder, a=1)
    with pytest.raises(idempotency.KeyReused):
        answer(user, a_holder, a=2)
    assert Holder.objects.count() == 1


def test_a_refusal_undoes_its_effect_and_is_answered_again() -> None:
    def spoilt() -> idempotency.Answer:
        a_holder()
        raise Refused

    user = make.a_user()
    assert answer(user, spoilt).status_code == 409
    assert answer(user, a_holder).status_code == 409
    assert not Holder.objects.exists()


def test_a_fault_of_ours_is_not_kept() -> None:
    def broken() -> idempotency.Answer:
        raise ZeroDivisionError

    user = make.a_user()
    with pytest.raises(ZeroDivisionError):
        answer(user, broken)
    assert not IdempotencyKey.objects.exists()


@pytest.mark.parametrize("key", ["", "short", "x" * 65])
def test_a_key_must_be_there_and_of_a_fair_length(key: str) -> None:
    with pytest.raises(idempotency.KeyMissing):
        idempotency.answer_once(request=asked(make.a_user(), {}, key), at=AT, effect=a_holder)
