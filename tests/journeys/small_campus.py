"""A small campus whose rooms report daily: twelve enrolled that will save, twelve to compare."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from rest_framework.test import APIClient

from campus.people.models import Profile, User
from campus.places.models import Campus, Enrolment, Residence, Room
from meters.billing import operations as billing
from meters.savings import operations as savings
from points.coupons import operations as coupons
from points.coupons.models import Cafe, Offer
from points.earning import operations as earning
from tests import factories as make
from tests.meters.billing.samples import document

TERM_STARTS = date(2026, 3, 2)
HISTORY_STARTS = TERM_STARTS - timedelta(days=200)
SAVED = 0.75  # what an enrolled room uses in the term, of what it used before


@dataclass(slots=True)
class SmallCampus:
    """The campus, its people, and the readings that its meters will report."""

    campus: Campus
    residence: Residence
    rooms: Mapping[str, Room]
    student: Profile
    room_mate: Profile
    manager: User
    till: User
    offer: Offer
    chance: random.Random = field(default_factory=lambda: random.Random(20260302))

    def csv(self, *, first: date, after: date) -> bytes:
        """Daily rows of every meter for [first, after)."""
        days = [first + timedelta(days=n) for n in range((after - first).days)]
        rows = [f"{s},{day},{self.kwh(s, day):.3f}" for day in days for s in sorted(self.rooms)]
        return "\n".join(["meter_id,date,kwh", *rows, ""]).encode()

    def kwh(self, serial: str, day: date) -> float:
        """About eight kWh, a little noise, and in the term less in the enrolled rooms."""
        level = 6.0 + int(serial[1:]) % 5
        saved = SAVED if serial.startswith("E") and day >= TERM_STARTS else 1.0
        return level * saved * (1 + self.chance.uniform(-0.04, 0.04))


def signed_in(user: User) -> APIClient:
    """A client with the cookies of a user who signed in through the sign-in API."""
    client = APIClient(enforce_csrf_checks=True)
    client.get("/_allauth/browser/v1/config")
    answer = client.post(
        "/_allauth/browser/v1/auth/login",
        {"username": user.username, "password": make.PASSWORD},
        format="json",
        headers=csrf(client),
    )
    assert answer.status_code == 200, answer.content
    return client


def csrf(client: APIClient) -> dict[str, str]:
    """The header that every write of a browser carries."""
    client.get("/api/v1/site/")
    if "csrftoken" not in client.cookies:
        client.get("/")
    return {"X-CSRFToken": client.cookies["csrftoken"].value}


def build() -> SmallCampus:
    """The campus with its rooms, people, terms and offer, before its first reading."""
    residence = make.a_residence()
    term = make.a_term(starts_on=TERM_STARTS, ends_on=date(2026, 6, 22))
    parts = {"E": Enrolment.Part.ENROLLED, "C": Enrolment.Part.COMPARISON}
    rooms = {}
    for prefix, part in parts.items():
        for number in range(12):
            serial = f"{prefix}{number:02d}"
            rooms[serial] = room = make.a_room(residence=residence, number=serial)
            make.an_enrolment(room=room, term=term, part=part)
            make.a_meter(room=room, serial=serial, since=HISTORY_STARTS)
            make.a_student(room=room, since=HISTORY_STARTS)
    room_mate = rooms["E00"].residencies.get().holder.profile
    student = make.a_student(room=rooms["E00"], since=HISTORY_STARTS, username="walker")
    campus = residence.campus
    plan = billing.open_plan(campus=campus, code="lv", name={"en": "Residential"})
    billing.publish_tariff(plan=plan, document=document("kr-kepco-res-lv-2025-07"))
    billing.choose_plan(residence=residence, plan=plan, starts_on=TERM_STARTS)
    savings.load_factors()
    earning.install_default_terms(campus=campus, valid_from=TERM_STARTS)
    cafe = Cafe.objects.create(campus=campus, holder=make.a_cafe(), name={"en": "Corner"})
    opens = datetime(2026, 3, 1, tzinfo=UTC)
    offer = Offer.objects.create(
        cafe=cafe,
        title={"en": "Americano"},
        icon="cup",
        price_cp=50,
        value_minor=3000,
        opens_at=opens,
    )
    return SmallCampus(
        campus=campus,
        residence=residence,
        rooms=rooms,
        student=student,
        room_mate=room_mate,
        manager=make.a_manager(residence=residence, username="keeper"),
        till=coupons.register_till(
            cafe=cafe, user=make.a_user(username="counter"), name="Counter", at=opens
        ).user,
        offer=offer,
    )
