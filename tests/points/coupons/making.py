"""What tests of coupons stand on: cafés, offers, students with points, and codes of phones."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from campus.people.models import Profile
from campus.places.models import Campus
from points.coupons import codes, operations, queries
from points.coupons.keys import keyring
from points.coupons.models import Cafe, Campaign, Coupon, Offer, SettlementTerms, Till
from points.ledger import operations as ledger
from points.ledger.models import Transfer
from tests import factories as make

AT = datetime(2026, 3, 3, 5, 0, 10, tzinfo=UTC)  # 14:00:10 in Seoul
_number = count(1)


def a_cafe(*, campus: Campus | None = None, name: str = "Haetsal") -> Cafe:
    """A café with its holder."""
    holder = make.a_cafe(campus=campus)
    titles = {"ko": f"카페 {name}", "en": f"Café {name}", "zh-Hans": f"{name}咖啡馆"}
    return Cafe.objects.create(campus=holder.campus, holder=holder, name=titles)


def a_settling_cafe(*, campus: Campus | None = None, name: str = "Haetsal") -> Cafe:
    """A café whose bookkeeper and campus know one another."""
    cafe = a_cafe(campus=campus, name=name)
    cafe.legal_name, cafe.tax_number = f"{name} Co.", "123-45-67890"
    cafe.save()
    SettlementTerms.objects.get_or_create(
        campus=cafe.campus,
        defaults={"legal_name": "North University", "tax_number": "987-65-43210"},
    )
    return cafe


def a_campaign(
    *, campus: Campus | None = None, budget_minor: int = 90_000, **fields: Any
) -> Campaign:
    """Money set aside since yesterday."""
    usual: dict[str, Any] = {"name": {"en": "Spring"}, "opens_at": AT - timedelta(days=1)}
    return operations.open_campaign(
        campus=campus or make.a_campus(), budget_minor=budget_minor, **usual | fields
    )


def an_offer(*, cafe: Cafe | None = None, price_cp: int = 300, **fields: Any) -> Offer:
    """An americano for 300 points, worth 3,000 won to the café, open since yesterday."""
    return Offer.objects.create(
        cafe=cafe or a_cafe(),
        title={"ko": "아메리카노", "en": "Americano", "zh-Hans": "美式咖啡"},
        icon="cup",
        price_cp=price_cp,
        **{"value_minor": 3000, "opens_at": AT - timedelta(days=1)} | fields,
    )


def a_saver(*, cp: int = 1000, campus: Campus | None = None, nickname: str = "Willow") -> Profile:
    """A student with carbon points."""
    student = make.a_student(campus=campus, nickname=nickname)
    if cp:
        ledger.credit(
            holder=student.holder,
            asset="CP",
            amount=cp,
            code="SAVING",
            source_kind="TEST",
            source_id=str(next(_number)),
            at=AT - timedelta(days=2),
            effective_on=AT.date(),
        )
    return student


def a_coupon(
    *, offer: Offer | None = None, student: Profile | None = None, at: datetime = AT
) -> Coupon:
    """A coupon that a student just bought."""
    offer = offer or an_offer()
    student = student or a_saver(campus=offer.cafe.campus)
    return operations.buy(holder=student.holder, offer=offer, at=at)


def a_till(cafe: Cafe, *, name: str = "Counter", pin: str = "") -> Till:
    """A registered device of a café; `.user` signs in."""
    till = operations.register_till(
        cafe=cafe, user=make.a_user(), name=name, at=AT - timedelta(days=30)
    )
    if pin:
        operations.set_pin(till=till, pin=pin)
    return till


def signer_of(coupon: Coupon) -> codes.Signer:
    """What the holder's phone would be given now."""
    signer = queries.signer(coupon=coupon, keyring=keyring())
    assert signer is not None
    return signer


def qr_of(coupon: Coupon, at: datetime = AT) -> str:
    """The QR text that the holder's phone shows at an instant."""
    return signer_of(coupon).qr_text(codes.step_at(at))


def forged_of(coupon: Coupon) -> str:
    """Its QR text with one letter of the signature changed."""
    genuine = qr_of(coupon)
    return genuine[:-4] + ("7" if genuine[-4] != "7" else "6") + genuine[-3:]


def typed_of(coupon: Coupon, at: datetime = AT) -> str:
    """The code below it."""
    return signer_of(coupon).typed_code(codes.step_at(at))


def book() -> dict[str, int]:
    """Kind of account -> carbon points it holds (credits minus debits), if any."""
    held: Counter[str] = Counter()
    for row in Transfer.objects.filter(asset="CP").select_related("debit", "credit"):
        held[row.credit.kind] += row.amount
        held[row.debit.kind] -= row.amount
    return {kind: amount for kind, amount in held.items() if amount}
