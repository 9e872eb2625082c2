"""
An afternoon at the café, over HTTP: buy, give back, give away, use, undo, use again, void.

Each request is written into a diary, with its key, before it is sent, as phones and tills do; what
was answered is written beside it. After a death the diary is read from its first page: what was
answered is not asked again, the rest is sent as it stands there.
"""

import json
import os
import signal
from pathlib import Path
from typing import Any

from django.db import connection
from rest_framework.test import APIClient

from campus import clock
from campus.people.models import User
from points.coupons.models import Coupon, Offer
from tests.engines.touches import Touches
from tests.points.coupons import making as make

DIARY = Path("diary")


def afternoon(*, dies_at: int = 0) -> None:
    """Do everything that is not done yet; killed at a touch of the database, if one is named."""
    connection.close()
    touches = Touches(at=[dies_at], then=lambda: os.kill(os.getpid(), signal.SIGKILL))
    touches.watch()
    DIARY.mkdir(exist_ok=True)
    cups = [_buy(n) for n in range(4)]
    _ask("give-back", "willow", lambda: (f"coupons/{cups[0]}/give-back/", {}))
    maple = str(User.objects.get(username="maple").uid)
    _ask("gift", "willow", lambda: (f"coupons/{cups[1]}/gift/", {"to": maple}))
    first = _ask("use-1", "till", lambda: _scan(cups[1]))["uid"]
    _ask("undo", "till", lambda: (f"counter/redemptions/{first}/undo/", {}))
    second = _ask("use-2", "till", lambda: _scan(cups[1]))["uid"]
    _ask("void", "till", lambda: (f"counter/redemptions/{second}/void/", {"pin": "2580"}))
    _ask("use-3", "till", lambda: _scan(cups[2]))
    Path("touches").write_text(str(touches.count))


def _buy(number: int) -> str:
    offer = Offer.objects.get()
    return str(_ask(f"buy-{number}", "willow", lambda: (f"offers/{offer.uid}/buy/", {}))["uid"])


def _scan(coupon: str) -> tuple[str, dict[str, str]]:
    now = clock.now()
    code = make.qr_of(Coupon.objects.get(uid=coupon), now)
    return "counter/redemptions/", {"code": code, "scanned_at": now.isoformat()}


def _ask(what: str, who: str, wish: Any) -> dict[str, Any]:
    page, answered = DIARY / f"{what}.asked", DIARY / f"{what}.answered"
    if answered.exists():
        told: dict[str, Any] = json.loads(answered.read_text())
        return told
    if not page.exists():
        _write(page, wish())
    path, body = json.loads(page.read_text())
    client = APIClient()
    client.force_authenticate(User.objects.get(username=who))
    headers = {"Idempotency-Key": f"key-of-{what}"}
    answer = client.post(f"/api/v1/{path}", body, format="json", headers=headers)
    assert answer.status_code in {200, 201}, f"{what}: {answer.status_code} {answer.content!r}"
    _write(answered, answer.json())
    return json.loads(answered.read_text())


def _write(page: Path, content: object) -> None:
    """Wholly, or not at all."""
    new = page.with_suffix(".new")
    new.write_text(json.dumps(content))
    new.rename(page)
