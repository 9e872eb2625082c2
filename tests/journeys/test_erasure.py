"""After erasure nothing leads back: every table, every column and the log are searched."""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from rest_framework.test import APIClient

from campus.people.models import Profile
from points.ledger import operations as ledger
from points.ledger import queries as book
from tests import factories as make
from tests.journeys.small_campus import csrf, signed_in
from tests.points.coupons import making as coupons
from tests.points.ledger.book import earn

pytestmark = pytest.mark.django_db
USERNAME, NICKNAME, EMAIL = "mina-7f3a", "물빛 수달", "mina.7f3a@example.org"
MORE = {"Idempotency-Key": "erasure-journey-1"}


def everything() -> Iterator[tuple[str, str]]:
    """(table and column, text) of every value in the database, escapes and wrappings undone."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    yield f"{table}.{column}", plain(value)
    for session in Session.objects.all():
        yield "django_session.decoded", json.dumps(session.get_decoded(), ensure_ascii=False)


def plain(value: object) -> str:
    """A value as text; JSON with its letters unescaped."""
    text = bytes(value).decode(errors="replace") if isinstance(value, memoryview) else str(value)
    with suppress(ValueError):
        return json.dumps(json.loads(text), ensure_ascii=False)
    return text


def traces(profile_words: list[str]) -> list[str]:
    """Where in the database one of the words stands."""
    return sorted({place for place, text in everything() for word in profile_words if word in text})


def in_logs(words: list[str]) -> list[str]:
    """Lines of the log in which one of the words stands."""
    files = sorted(Path(settings.DATA_DIR).glob("campus.log*"))
    lines = [line for file in files for line in file.read_text().splitlines()]
    assert lines, "the log is empty: nothing would be found in it"
    spoken = [json.loads(f'"{json.dumps(word)[1:-1]}"') for word in words]
    return [line for line in lines for word in {*words, *spoken} if word in plain(line)]


def write(client: APIClient, path: str, body: dict[str, object], **more: str) -> dict[str, object]:
    answer = client.post(path, body, format="json", headers={**csrf(client), **MORE, **more})
    assert answer.status_code in {200, 201}, answer.content
    told: dict[str, object] = answer.json()
    return told


@pytest.fixture
def mina() -> Profile:
    """A student with an e-mail address and points, who lives with a room-mate."""
    room = make.a_room()
    make.a_term()
    make.a_student(room=room)
    mina = make.a_student(room=room, username=USERNAME, nickname=NICKNAME)
    mina.user.email = EMAIL
    mina.user.save()
    EmailAddress.objects.create(user=mina.user, email=EMAIL, primary=True, verified=True)
    earn(mina.holder, 1000, at=coupons.AT - timedelta(days=1))
    return mina


def live(mina: Profile) -> APIClient:
    """All by which a person leaves words: a map, an activity, a used coupon, an objection."""
    phone = signed_in(mina.user)
    phone.get("/api/v1/game/map/")
    game_map = mina.holder.game_map
    game_map.name = f"{NICKNAME}의 숲"
    game_map.save()
    hosted = {
        "title": f"{NICKNAME}과 산책",
        "about": f"Write to {EMAIL}",
        "place": f"Room of {USERNAME}",
        "starts_at": "2026-03-06T10:00:00Z",
        "ends_at": "2026-03-06T11:00:00Z",
        "capacity": 5,
    }
    write(phone, "/api/v1/activities/", hosted)
    words = {"text": f"{NICKNAME}: wrong, answer to {EMAIL}"}
    uid = write(phone, "/api/v1/wallet/entries/CP-1/objection/", words)["uid"]
    manager = signed_in(make.a_manager())
    write(
        manager,
        f"/api/v1/manage/objections/{uid}/answer/",
        {"text": f"Dear {NICKNAME}, no.", "state": "DECLINED"},
    )
    use_a_coupon(mina)
    return phone


def use_a_coupon(mina: Profile) -> None:
    """The till is told the nickname, and its answer is kept for a retry."""
    cafe = coupons.a_cafe(campus=mina.holder.campus)
    coupon = coupons.a_coupon(offer=coupons.an_offer(cafe=cafe), student=mina)
    till = signed_in(coupons.a_till(cafe).user)
    told = write(till, "/api/v1/counter/redemptions/", {"code": coupons.qr_of(coupon)})
    assert told["holder"] == NICKNAME


def test_nothing_leads_back_to_an_erased_person_and_the_books_stay_sound(mina: Profile) -> None:
    with time_machine.travel(coupons.AT, tick=False):
        uid: UUID = mina.user.uid
        words = [USERNAME, NICKNAME, EMAIL, str(uid), uid.hex]
        phone = live(mina)
        ledger.seal(at=coupons.AT)
        before = book.book()
        found = traces(words)
        assert len({place.partition(".")[0] for place in found}) >= 8, found
        answer = phone.delete(
            "/api/v1/me/", {"password": make.PASSWORD}, format="json", headers=csrf(phone)
        )
        assert answer.status_code == 204
        phone.get(f"/api/v1/rankings/?search={USERNAME}")
    assert traces(words) == []
    assert in_logs(words) == []
    assert book.book() == before
    call_command("verify_ledger")
