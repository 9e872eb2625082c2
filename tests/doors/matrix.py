"""
Who may pass which door: every route of the API with each of its methods, and the roles admitted.

A route that is not in this table fails the test: whoever adds one says here who may use it. All
others are told that there is nothing (404), and the anonymous that they must sign in.
"""

from dataclasses import dataclass, field
from typing import Any

from tests.doors.world import ROLES, STUDENTS, World

EVERYBODY = frozenset(ROLES)
SIGNED_IN = EVERYBODY - {"anonymous"}
STUDENT = frozenset(STUDENTS)
OWNER, ROOM_MATE = frozenset({"student"}), frozenset({"room_mate"})
MANAGER = frozenset({"manager", "neighbour", "far"})
OF_CAMPUS = frozenset({"manager", "neighbour"})
OF_RESIDENCE = frozenset({"manager"})
TILL = frozenset({"till", "other_till"})
OWN_TILL = frozenset({"till"})
A_FILE = "a file"
OF_SOME_CAMPUS = SIGNED_IN - {"admin"}  # who is neither a person nor staff of a campus has none


@dataclass(frozen=True, slots=True)
class Door:
    """Who may pass; what is asked about (`World.thing`) and with which body."""

    open_to: frozenset[str]
    about: str = ""
    body: Any = field(default=None, hash=False)
    may_be_empty: bool = False  # nothing to show yet is a 404 of its own

    def arguments(self, world: World) -> dict[str, str]:
        """What fills the address."""
        return dict(world.thing(self.about)) if self.about else {}


def doors(world: World) -> dict[str, Door]:
    """`METHOD name of the route` -> its door."""
    reason = {"reason": "Wrong drink"}
    days = {"valid_from": "2026-03-20"}
    tariff = {"plan": "residential", "document": {}}
    balance = {"amount": 5000, "read_at": "2026-03-01T00:00:00Z"}
    answer = {"text": "The meter is right", "state": "DECLINED"}
    campaign = {"name": {"en": "Spring"}, "budget_minor": 1000}
    offer = {"title": {"en": "Tea"}, "icon": "tea", "price_cp": 200, "value_minor": 2000}
    return {
        # the campus
        "GET site": Door(EVERYBODY),
        "GET schema": Door(EVERYBODY),
        "GET me": Door(SIGNED_IN),
        "PATCH me": Door(SIGNED_IN, body={"language": "en"}),
        "DELETE me": Door(SIGNED_IN, body={"password": "not this one"}),
        "GET nights": Door(MANAGER),
        "POST night-rerun": Door(OF_CAMPUS, "day"),
        # readings, bills, savings, rankings
        "GET deliveries": Door(MANAGER),
        "POST deliveries": Door(MANAGER, body=A_FILE),
        "GET delivery": Door(OF_CAMPUS, "delivery"),
        "GET energy-day-source": Door(STUDENT, "day", may_be_empty=True),
        "GET bill-of-day": Door(STUDENT, "day", may_be_empty=True),
        "GET bill-of-month": Door(STUDENT, "month", may_be_empty=True),
        "GET bill-now": Door(STUDENT, may_be_empty=True),
        "GET bill-csv": Door(STUDENT, "month", may_be_empty=True),
        "GET bill-pdf": Door(STUDENT, "month", may_be_empty=True),
        "POST bill-object": Door(STUDENT, "day", {"text": "Why?"}, may_be_empty=True),
        "GET manage-tariffs": Door(MANAGER),
        "POST manage-tariffs": Door(OF_CAMPUS, body=tariff),
        "POST manage-tariff-check": Door(OF_CAMPUS, body=tariff),
        "POST manage-tariff-try": Door(OF_CAMPUS, body=tariff),
        "GET manage-balances": Door(MANAGER),
        "POST manage-balance": Door(OF_RESIDENCE, "room", balance),
        "GET manage-adjustments": Door(MANAGER),
        "POST manage-adjustment-decide": Door(OF_RESIDENCE, "adjustment", {"post": True}),
        "GET manage-bill-objections": Door(MANAGER),
        "POST manage-bill-objection-answer": Door(OF_RESIDENCE, "bill_objection", answer),
        "GET savings": Door(STUDENT, may_be_empty=True),
        "GET saving-lottery": Door(STUDENT, may_be_empty=True),
        "GET saving-placebo": Door(STUDENT, may_be_empty=True),
        "GET manage-audit": Door(MANAGER),
        "GET manage-savings": Door(MANAGER),
        "GET manage-placebo": Door(MANAGER),
        "GET manage-foresight": Door(MANAGER),
        "POST manage-lottery": Door(MANAGER, body={}),
        "POST manage-saving-terms": Door(
            MANAGER, body={**days, "ramp": "strict", "comfort_wh": 300}
        ),
        "GET manage-warnings": Door(MANAGER),
        "POST manage-warnings": Door(MANAGER, body={}),
        "DELETE manage-warning": Door(OF_CAMPUS, "warning"),
        "GET manage-welfare": Door(MANAGER),
        "POST manage-welfare-seen": Door(OF_RESIDENCE, "note"),
        "GET manage-rehearsals": Door(MANAGER),
        "POST manage-rehearsals": Door(MANAGER, body={}),
        "GET rankings": Door(STUDENT, may_be_empty=True),
        "PUT rankings-name": Door(STUDENT, body={"shown": True}),
        "GET manage-rankings": Door(MANAGER),
        # meters in time, and what was corrected
        "GET meters": Door(MANAGER),
        "POST meters": Door(MANAGER, body={}),
        "GET meter": Door(OF_RESIDENCE, "meter"),
        "POST meter-exchange": Door(OF_RESIDENCE, "meter", {}),
        "POST meter-reset": Door(OF_RESIDENCE, "meter", {}),
        "POST meter-remove": Door(OF_RESIDENCE, "meter", {}),
        "GET room-edits": Door(OF_RESIDENCE, "room"),
        "POST room-edits": Door(OF_RESIDENCE, "room", {}),
        "GET watch": Door(MANAGER),
        "POST switch-offs": Door(MANAGER, body={}),
        "POST crossed-confirm": Door(OF_RESIDENCE, "suspicion", {}),
        "POST crossed-dismiss": Door(OF_RESIDENCE, "suspicion", {}),
        "POST outages": Door(MANAGER, body={}),
        "POST outages-withdraw": Door(MANAGER, body={}),
        "GET corrections": Door(MANAGER),
        "POST corrections-preview": Door(MANAGER, body={}),
        "POST corrections-accept": Door(MANAGER, body={}),
        "POST corrections-decline": Door(MANAGER, body={}),
        "GET export-residence": Door(MANAGER),
        "GET export-own": Door(STUDENT, may_be_empty=True),
        "GET own-meter": Door(STUDENT, may_be_empty=True),
        "GET energy-forecast": Door(STUDENT, may_be_empty=True),
        "GET savings-credit": Door(STUDENT, "period", may_be_empty=True),
        "GET tips": Door(STUDENT, may_be_empty=True),
        "PUT tip-answer": Door(OWNER, "tip", {"state": "DONE"}),
        # gateways sign what they push; who signed in is nobody there
        "POST push-readings": Door(EVERYBODY, body={}, may_be_empty=True),
        "GET device-keys": Door(MANAGER),
        "GET source-profiles": Door(MANAGER),
        "POST device-keys": Door(MANAGER, body={}),
        "POST device-key-revoke": Door(OF_CAMPUS, "device_key", {}),
        # the game
        "GET game-map": Door(STUDENT),
        "GET game-catalogue": Door(STUDENT),
        "GET game-sky": Door(STUDENT),
        "POST game-actions": Door(STUDENT, body={}),
        "GET game-neighbours": Door(STUDENT),
        "GET game-visit": Door(ROOM_MATE, "map"),
        "PUT game-card": Door(ROOM_MATE, "map", {"kind": "SUN"}),
        "GET game-monument": Door(STUDENT, may_be_empty=True),
        "GET game-picture": Door(STUDENT),
        "GET game-month-picture": Door(STUDENT),
        "GET game-economy": Door(MANAGER),
        # notices
        "GET announcements": Door(MANAGER),
        "POST announcements": Door(
            OF_RESIDENCE,
            body={
                "residence": str(world.student.holder.residencies.get().room.residence.uid),
                "title": {"en": "Check"},
                "text": {},
            },
        ),
        "POST announcement-withdraw": Door(OF_RESIDENCE, "announcement"),
        "GET notices": Door(SIGNED_IN),
        "GET notices-bell": Door(SIGNED_IN),
        "POST notices-bell": Door(SIGNED_IN),
        "GET notice-topics": Door(SIGNED_IN),
        "PUT notice-topics": Door(SIGNED_IN, body=[]),
        # what points are and were
        "GET home": Door(STUDENT),
        "GET energy-days": Door(STUDENT, may_be_empty=True),
        "GET manage-today": Door(MANAGER),
        "GET manage-rooms": Door(MANAGER),
        "GET manage-room": Door(OF_RESIDENCE, "room"),
        "GET wallet": Door(STUDENT),
        "GET wallet-entries": Door(STUDENT),
        "GET wallet-entry": Door(OWNER, "entry"),
        "POST wallet-entry-object": Door(OWNER, "entry", {"text": "Why?"}),
        "GET wallet-objections": Door(STUDENT),
        "GET passbook": Door(STUDENT),
        "GET passbook-csv": Door(STUDENT),
        "GET passbook-pdf": Door(STUDENT),
        "GET passbook-export": Door(STUDENT),
        "GET passbook-public-key": Door(EVERYBODY),
        "GET manage-objections": Door(MANAGER),
        "GET manage-objection": Door(OF_RESIDENCE, "objection"),
        "POST manage-objection-answer": Door(
            OF_RESIDENCE, "objection", {"text": "So.", "state": "DECLINED"}
        ),
        # earning
        "GET budget": Door(OF_SOME_CAMPUS),
        "GET manage-budget": Door(MANAGER),
        "POST manage-budget": Door(
            MANAGER, body={**days, "money_minor": 10, "minor_per_100_cp": 1000}
        ),
        "GET manage-terms": Door(MANAGER),
        "POST manage-terms": Door(
            MANAGER, body={**days, "rule": "attendance", "parameters": {"cp": 20}}
        ),
        # activities
        "GET manage-activities": Door(MANAGER),
        "POST manage-activity-call-off": Door(OF_CAMPUS, "activity", reason),
        "GET activities": Door(STUDENT),
        "POST activities": Door(STUDENT, body={}),
        "GET activity": Door(STUDENT, "activity"),
        "POST activity-join": Door(STUDENT, "activity"),
        "POST activity-leave": Door(STUDENT, "activity"),
        "POST activity-cancel": Door(OWNER, "activity"),
        "POST activity-confirm": Door(OWNER, "activity", {"present": [world.guest]}),
        # coupons
        "GET offers": Door(STUDENT),
        "POST offer-buy": Door(STUDENT, "offer"),
        "GET coupons": Door(STUDENT),
        "GET coupon": Door(OWNER, "coupon"),
        "POST coupon-give-back": Door(OWNER, "coupon"),
        "GET room-mates": Door(OWNER, "coupon"),
        "POST coupon-gift": Door(OWNER, "coupon", {"to": _uid(world, "room_mate")}),
        # the counter
        "GET counter-today": Door(TILL),
        "GET counter-conflicts": Door(TILL),
        "POST redemptions": Door(TILL, body={"code": "nonsense"}),
        "POST redemption-undo": Door(OWN_TILL, "use"),
        "POST redemption-void": Door(OWN_TILL, "use", {"pin": "2580"}),
        "POST sold-out": Door(OWN_TILL, "offer", {"sold_out": True}),
        "GET counter-statements": Door(TILL),
        "GET counter-csv": Door(OWN_TILL, "statement"),
        "GET counter-pdf": Door(OWN_TILL, "statement"),
        # cafés for managers
        "GET manage-cafes": Door(MANAGER),
        "PATCH manage-cafe": Door(OF_CAMPUS, "cafe", {"address": "2 Lake Road"}),
        "POST manage-tills": Door(
            OF_CAMPUS, "cafe", {"name": "Bar", "username": "bar", "password": "a sunny morning"}
        ),
        "PUT manage-buyer": Door(MANAGER, body={"legal_name": "U", "tax_number": "1"}),
        "POST till-pin": Door(OF_CAMPUS, "till", {"pin": "4711"}),
        "POST till-retire": Door(OF_CAMPUS, "till"),
        "GET manage-campaigns": Door(MANAGER),
        "POST manage-campaigns": Door(MANAGER, body=campaign),
        "PATCH manage-campaign": Door(OF_CAMPUS, "campaign", {"budget_minor": 100_000}),
        "GET manage-offers": Door(MANAGER),
        "POST manage-offers": Door(OF_CAMPUS, body={**offer, "cafe": str(world.cafe.uid)}),
        "PATCH manage-offer": Door(OF_CAMPUS, "offer", {"price_cp": 400}),
        "GET statements": Door(MANAGER),
        "POST statement-close": Door(
            OF_CAMPUS, body={"cafe": str(world.cafe.uid), "ends_on": "2026-03-01"}
        ),
        "POST statement-paid": Door(OF_CAMPUS, "statement", {"paid_on": "2026-03-01"}),
        "GET statement-csv": Door(OF_CAMPUS, "statement"),
        "GET statement-pdf": Door(OF_CAMPUS, "statement"),
        "GET manage-redemptions": Door(MANAGER),
        "POST manage-void": Door(OF_CAMPUS, "use", reason),
        "GET refused-scans": Door(MANAGER),
    }


def _uid(world: World, name: str) -> str:
    user = world.people[name]
    assert user is not None
    return str(user.uid)
