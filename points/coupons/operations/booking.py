"""What coupons book, and under which name: the wallet, what is still to be used, the café."""

from datetime import date, datetime

from points.coupons.models import Coupon, Redemption
from points.ledger import operations as ledger
from points.ledger import queries as book
from points.ledger.models import Account, Asset, Code, Transfer
from points.ledger.moves import Move

BOUGHT, USED, EXPIRED = "COUPON", "REDEMPTION", "COUPON_EXPIRY"  # kinds of source
Kind = Account.Kind


def bought(*, coupon: Coupon, at: datetime) -> None:
    """
    The holder pays.

    :raises NotEnough: if the wallet holds less than the price
    """
    ledger.spend(
        holder=coupon.holder,
        asset=Asset.CP,
        amount=coupon.price_cp,
        to_kind=Kind.COUPON_LIABILITY,
        to_holder=ledger.campus_holder(campus=coupon.cafe.campus),
        code=Code.COUPON_BOUGHT,
        source_kind=BOUGHT,
        source_id=str(coupon.uid),
        at=at,
        effective_on=day(coupon, at),
    )


def given_back(*, coupon: Coupon, at: datetime) -> None:
    """The holder gets the points back, into the lots they came from."""
    paid = _first(BOUGHT, coupon, revision=1)
    code = Code.COUPON_REFUNDED
    ledger.reverse(transfer=paid, at=at, code=code, actor=coupon.holder)


def used(*, redemption: Redemption) -> None:
    """
    The points go to the café.

    :raises AlreadyPosted: if this generation of the coupon was booked before
    """
    coupon = redemption.coupon
    move = Move(
        debit=_liability(coupon),
        credit=ledger.account(holder=coupon.cafe.holder, kind=Kind.CAFE, asset=Asset.CP),
        amount=coupon.price_cp,
        code=Code.COUPON_REDEEMED,
        source_kind=USED,
        source_id=str(coupon.uid),
        effective_on=day(coupon, redemption.redeemed_at),
        revision=redemption.generation,
    )
    actor, at = coupon.cafe.holder, redemption.recorded_at
    ledger.post(kind=Code.COUPON_REDEEMED, moves=[move], at=at, actor=actor)


def undone(*, redemption: Redemption, at: datetime, reason: str) -> None:
    """The points go back from the café to what is still to be used."""
    transfer = _first(USED, redemption.coupon, revision=redemption.generation)
    actor, code = redemption.cafe.holder, Code.COUPON_VOIDED
    ledger.reverse(transfer=transfer, at=at, code=code, actor=actor, reason=reason)


def expired(*, coupon: Coupon) -> Move:
    """The movement by which nobody can use the points of a coupon any more."""
    campus = ledger.campus_holder(campus=coupon.cafe.campus)
    return Move(
        debit=_liability(coupon),
        credit=ledger.account(holder=campus, kind=Kind.BREAKAGE, asset=Asset.CP),
        amount=coupon.price_cp,
        code=Code.EXPIRED,
        source_kind=EXPIRED,
        source_id=str(coupon.uid),
        effective_on=day(coupon, coupon.expires_at),
    )


def day(coupon: Coupon, at: datetime) -> date:
    """The local day of an instant on the coupon's campus."""
    return at.astimezone(coupon.cafe.campus.zone).date()


def _liability(coupon: Coupon) -> Account:
    """What the campus owes for coupons not yet used."""
    campus = ledger.campus_holder(campus=coupon.cafe.campus)
    return ledger.account(holder=campus, kind=Kind.COUPON_LIABILITY, asset=Asset.CP)


def _first(kind: str, coupon: Coupon, *, revision: int) -> Transfer:
    rows = book.transfers_of(source_kind=kind, source_id=str(coupon.uid))
    return next(row for row in rows if row.revision == revision)
