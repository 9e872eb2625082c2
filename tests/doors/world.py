"""
Two campuses, three residences, two cafés, and everybody who may knock at a door of the API.

`student` owns what is asked for, `room_mate` lives with them, `stranger` next door; `left` has
moved out. `manager` keeps their residence, `neighbour` another one of the campus, `far` one of
another campus. `till` belongs to the café where they bought, `other_till` to another one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from campus.nights.models import NightRun, State
from campus.notices import operations as notices
from campus.notices.models import Announcement
from campus.people import operations as people
from campus.people.models import Profile, StaffRole, User
from campus.places.models import Residence
from meters.advice.models import Tip
from meters.billing import operations as billing
from meters.billing.models import Adjustment, BillObjection
from meters.readings.models import Delivery, DeviceKey, Meter, Suspicion
from meters.savings import operations as savings
from meters.savings.models import WeatherWarning, WelfareNote
from points.activities import operations as activities
from points.activities.models import Activity
from points.coupons import operations as coupons
from points.coupons.models import Cafe, Coupon, Offer, Redemption, Statement, Till
from points.earning import operations as earning
from points.game import operations as game
from points.game.models import GameMap
from points.ledger import queries as ledger
from points.passbook import operations as passbook
from points.passbook.models import Objection
from tests import factories as make
from tests.meters.billing.rows import used
from tests.meters.billing.samples import document
from tests.points.activities.making import an_activity
from tests.points.coupons import making as cafes

AT = cafes.AT  # 14:00:10 of 3 March 2026 in Seoul
DAY = date(2026, 3, 1)
OWN_METER = "M-301"
JANUARY = datetime.fromisoformat("2026-01-20T03:00:00Z")
FEBRUARY = date(2026, 2, 1)
STAFF = ("manager", "neighbour", "far", "till", "other_till", "organiser", "admin")
STUDENTS = ("student", "room_mate", "stranger", "left")
ROLES = ("anonymous", *STUDENTS, *STAFF)


@dataclass(frozen=True, slots=True)
class World:
    """Who may ask, and what they ask about."""

    people: Mapping[str, User | None]
    cafe: Cafe
    till: Till
    offer: Offer
    coupon: Coupon
    use: Redemption
    statement: Statement
    activity: Activity
    guest: str
    objection: Objection
    delivery: Delivery
    map: GameMap

    def thing(self, route: str) -> Mapping[str, str]:
        """The arguments of a route's address: what belongs to `student`, or to their café."""
        things: Mapping[str, Any] = {
            "offer": self.offer,
            "coupon": self.coupon,
            "use": self.use,
            "statement": self.statement,
            "activity": self.activity,
            "objection": self.objection,
            "delivery": self.delivery,
            "map": self.map,
            "cafe": self.cafe,
            "till": self.till,
            "campaign": self.offer.campaign,
            "warning": WeatherWarning.objects.get(),
            "note": WelfareNote.objects.get(),
            "adjustment": Adjustment.objects.get(),
            "bill_objection": BillObjection.objects.get(),
            "meter": Meter.objects.get(serial=OWN_METER),
            "announcement": Announcement.objects.get(),
            "suspicion": Suspicion.objects.get(),
            "device_key": DeviceKey.objects.get(),
            "tip": Tip.objects.get(),
            "room": self.student.holder.residencies.get().room,
        }
        plain = {
            "entry": {"entry_id": "CP-1"},
            "day": {"day": "2026-03-01"},
            "month": {"month": "2026-03"},
            "period": {"starts_on": "2026-03-01"},
        }
        return {"uid": str(things[route].uid)} if route in things else plain[route]

    @property
    def student(self) -> Profile:
        """Whose things these are."""
        user = self.people["student"]
        assert user is not None
        return user.profile


def build() -> World:
    """Everything once."""
    residence = make.a_residence()
    people_ = {"anonymous": None, **_students(residence), **_staff(residence)}
    student, stranger = (people_[name].profile.holder for name in ("student", "stranger"))
    earning.install_default_terms(campus=residence.campus, valid_from=make.SINCE)
    cafe, other = cafes.a_settling_cafe(), cafes.a_settling_cafe(name="Byeol")
    till, other_till = (cafes.a_till(each, pin="2580") for each in (cafe, other))
    people_ |= {"till": till.user, "other_till": other_till.user}
    statement = _settled(cafe, till, people_["student"].profile)
    offer = cafes.an_offer(cafe=cafe, campaign=cafes.a_campaign())
    coupon, used = (coupons.buy(holder=student, offer=offer, at=AT) for _each in range(2))
    use = coupons.redeem(code=cafes.qr_of(used), cafe=cafe, till=till, at=AT)
    activity = an_activity(host=student, start=AT + timedelta(hours=2), at=AT)
    guest = activities.join(activity=activity, holder=stranger, at=AT)
    entry = ledger.entry(holder=student, entry_id="CP-1")
    objection = passbook.object_to(holder=student, entry=entry, text="Why?", at=AT)
    NightRun.objects.create(
        campus=residence.campus, day=DAY, state=State.DONE, started_at=AT, finished_at=AT
    )
    delivery = Delivery.objects.create(
        campus=residence.campus,
        way=Delivery.Way.UPLOAD,
        name="a.csv",
        size=0,
        state=Delivery.State.ACCEPTED,
        received_at=AT,
    )
    _cared_for(people_["student"].profile)
    _billed(people_["student"].profile)
    _measured(people_["student"].profile)
    notices.announce(
        residence=residence, title={"en": "Check"}, text={}, by=people_["manager"], at=AT
    )
    return World(
        people=people_,
        cafe=cafe,
        till=till,
        offer=offer,
        coupon=coupon,
        use=use,
        statement=statement,
        activity=activity,
        guest=str(guest.uid),
        objection=objection,
        delivery=delivery,
        map=game.open_map(holder=student, day=DAY, at=AT),
    )


def _students(residence: Residence) -> dict[str, User]:
    room, next_door = (make.a_room(residence=residence, number=n) for n in ("301", "302"))
    student = cafes.a_saver(cp=3000)
    people.move_in(holder=student.holder, room=room, on=make.SINCE)
    left = make.a_student(room=room)
    stay = left.holder.residencies.get()
    people.move_out(residency=stay, on=make.SINCE + timedelta(days=20))
    room_mate = make.a_student(room=room, since=make.SINCE + timedelta(days=20))
    stranger = make.a_student(room=next_door)
    found = {"student": student, "room_mate": room_mate, "stranger": stranger, "left": left}
    return {name: profile.user for name, profile in found.items()}


def _staff(residence: Residence) -> dict[str, User]:
    far = make.a_residence(campus=make.a_campus(slug="south"))
    organiser = make.a_user()
    kind = StaffRole.Kind.ORGANISER
    StaffRole.objects.create(user=organiser, kind=kind, campus=residence.campus)
    return {
        "manager": make.a_manager(residence=residence),
        "neighbour": make.a_manager(residence=make.a_residence(code="birch")),
        "far": make.a_manager(residence=far),
        "organiser": organiser,
        "admin": User.objects.create_superuser("root"),
    }


def _settled(cafe: Cafe, till: Till, student: Profile) -> Statement:
    """A cup of January, in a statement that is not paid yet."""
    offer = cafes.an_offer(cafe=cafe, opens_at=JANUARY)
    coupon = coupons.buy(holder=student.holder, offer=offer, at=JANUARY)
    coupons.redeem(code=cafes.qr_of(coupon, JANUARY), cafe=cafe, till=till, at=JANUARY)
    return coupons.close_statement(cafe=cafe, ends_on=FEBRUARY, at=AT)


def _cared_for(student: Profile) -> None:
    """A hot day on the campus, and a room whose use fell away."""
    hot = {"kind": "HEAT", "starts_on": DAY, "ends_on": DAY + timedelta(days=1)}
    savings.tell_warning(campus=student.holder.campus, at=AT, **hot)
    stay = student.holder.occupancies.latest("starts_on")
    WelfareNote.objects.create(occupancy=stay, since=DAY, noted_on=DAY)


def _measured(student: Profile) -> None:
    """A meter that seems to be crossed with the neighbour's, a gateway, and a tip of the day."""
    campus, room = student.holder.campus, student.holder.residencies.get().room
    own = make.a_meter(room=room, serial=OWN_METER)
    other = make.a_meter(room=room.residence.rooms.get(number="302"))
    Suspicion.objects.create(campus=campus, meter=own, other=other, found_at=AT)
    DeviceKey.objects.create(campus=campus, name="Gateway of the basement", issued_at=AT)
    seen = {"away_days": 3, "own_wh": 900, "frugal_wh": 300}
    Tip.objects.create(
        holder=student.holder,
        room=room,
        day=DAY,
        rule="away_load",
        facts=seen,
        worth_wh=300,
        told_at=AT,
    )


def _billed(student: Profile) -> None:
    """A charged day that is said to be wrong, and a closed cycle with something to give back."""
    room = student.holder.residencies.get().room
    plan = billing.open_plan(campus=student.holder.campus, code="residential", name={"en": "Home"})
    billing.publish_tariff(plan=plan, document=document())
    billing.choose_plan(residence=room.residence, plan=plan, starts_on=make.SINCE)
    used(room, [4000], first=DAY)
    billing.charge_day(campus=student.holder.campus, day=DAY, at=AT)
    charge = room.charges.get()
    billing.object_to(holder=student.holder, charge=charge, line="", text="Why?", at=AT)
    Adjustment.objects.create(
        room=room, cycle_starts_on=FEBRUARY, cycle_ends_on=DAY, billed=500, priced=400, amount=-100,
        days=[], found_at=AT,
    )  # fmt: skip


def a_file() -> dict[str, SimpleUploadedFile]:
    """A file of readings as a manager uploads it."""
    return {"file": SimpleUploadedFile("2026-03-01.csv", b"meter_id,date,kwh\n")}
