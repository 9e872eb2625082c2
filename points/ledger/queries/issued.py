"""What a campus issued and what of it can still be spent, from the seals and what follows them."""

from datetime import datetime

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from campus.people.models import Holder
from campus.places.models import Campus
from points.ledger.models import Account, Asset, Seal, SealedBalance, Transfer
from points.ledger.queries.recorded import recorded_balance


def issued(*, campus: Campus, asset: str, since: datetime) -> int:
    """
    Points that a campus gave out since an instant, less what corrections took back.

    However long ago that is, only the seal before it and two tails are read.
    """
    issuer = Account.objects.filter(
        holder__campus=campus,
        holder__kind=Holder.Kind.CAMPUS,
        kind=Account.Kind.ISSUER,
        asset=asset,
    ).first()
    if issuer is None:
        return 0
    # Credits minus debits of an issuer are what it issued, below zero.
    return _held_before(issuer, since) - recorded_balance(account=issuer)


def _held_before(account: Account, at: datetime) -> int:
    seals = Seal.objects.order_by("last_id")
    before = seals.filter(sealed_at__lt=at).values_list("last_id", flat=True).last() or 0
    after = seals.filter(last_id__gt=before).values_list("last_id", flat=True).first()
    known = SealedBalance.objects.filter(account=account, seal__last_id__lte=before)
    sealed = known.order_by("seal__last_id").values_list("balance", flat=True).last() or 0
    tail = Transfer.objects.filter(pk__gt=before, posted_at__lt=at)
    tail = tail.filter(pk__lte=after) if after else tail
    sums = tail.filter(Q(credit=account) | Q(debit=account)).aggregate(
        credits=Coalesce(Sum("amount", filter=Q(credit=account)), 0),
        debits=Coalesce(Sum("amount", filter=Q(debit=account)), 0),
    )
    return int(sealed + sums["credits"] - sums["debits"])


def spendable(*, campus: Campus) -> tuple[int, int]:
    """Carbon points of a campus that lie in wallets, and in coupons not yet used."""
    rows = Account.objects.filter(holder__campus=campus, asset=Asset.CP)
    wallets = rows.filter(kind=Account.Kind.WALLET).aggregate(sum=Coalesce(Sum("balance"), 0))
    coupons = rows.filter(kind=Account.Kind.COUPON_LIABILITY)
    return int(wallets["sum"]), sum(recorded_balance(account=each) for each in coupons)
