"""What tests of passbooks stand on: a saver with entries, and clients that are signed in."""

from datetime import date
from itertools import count
from typing import Any
from uuid import uuid4

from django.test import Client

from campus.people.models import Profile, User
from points.earning import operations as earning
from points.earning.models import Award, RuleTerms
from points.ledger import operations as ledger
from points.ledger.models import Asset, Code, Transfer
from tests import factories as make
from tests.points.ledger.book import NOON

_number = count(1)
TERMS_FROM = date(2026, 3, 2)


def a_saver(**fields: Any) -> Profile:
    """A student who lives in a room of a campus whose terms are in force."""
    profile = make.a_student(room=make.a_room(number="301"), **fields)
    earning.install_default_terms(campus=profile.holder.campus, valid_from=TERMS_FROM)
    return profile


def a_settled_award(profile: Profile, *, amount: int = 60) -> Transfer:
    """A week that was settled, awarded and posted."""
    terms = RuleTerms.objects.get(campus=profile.holder.campus, rule="settled_saving")
    award = Award.objects.create(
        rule="settled_saving",
        fact_key=str(next(_number)),
        holder=profile.holder,
        asset=Asset.CP,
        amount=amount,
        terms=terms,
        effective_on=date(2026, 3, 8),
        facts={
            "kind": "saving",
            "starts_on": "2026-03-02",
            "ends_on": "2026-03-09",
            "settled_wh": 3250,
            "co2_g": 1356,
            "nights": 7,
            "room_nights": 14,
        },
        awarded_at=NOON,
        posted_at=NOON,
    )
    return ledger.credit(
        holder=profile.holder,
        asset=Asset.CP,
        amount=amount,
        code=Code.SAVING,
        source_kind="AWARD",
        source_id=str(award.pk),
        at=NOON,
        effective_on=award.effective_on,
    )


def signed_in(user: User) -> Client:
    """A browser that speaks English, signed in."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def post(client: Client, path: str, body: dict[str, object], key: str | None = None) -> Any:
    """A write with its Idempotency-Key."""
    headers = {"Idempotency-Key": key or str(uuid4())}
    return client.post(path, body, content_type="application/json", headers=headers)
