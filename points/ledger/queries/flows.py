"""Where points of a campus went, in sums."""

from collections.abc import Mapping
from datetime import date

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from campus.people.models import Holder
from campus.places.models import Campus
from points.ledger.models import Account, Transfer


def spent_by_code(
    *, campus: Campus, asset: str, starts_on: date, ends_on: date
) -> Mapping[str, int]:
    """Code -> what left the wallets of a campus's people in [starts_on, ends_on)."""
    rows = Transfer.objects.filter(
        debit=F("wallet"),
        wallet__holder__campus=campus,
        asset=asset,
        effective_on__gte=starts_on,
        effective_on__lt=ends_on,
    )
    return dict(rows.values_list("code").annotate(total=Sum("amount")).order_by("code"))


def held(*, campus: Campus, asset: str) -> int:
    """What lies in the wallets of a campus's people now."""
    rows = Account.objects.filter(
        holder__campus=campus,
        holder__kind=Holder.Kind.PERSON,
        kind=Account.Kind.WALLET,
        asset=asset,
    )
    return int(rows.aggregate(sum=Coalesce(Sum("balance"), 0))["sum"])
