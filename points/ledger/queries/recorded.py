"""What recording accounts hold: their last seal and the sum of what came after."""

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from points.ledger.models import Account, SealedBalance, Transfer


def recorded_balance(*, account: Account) -> int:
    """
    Credits minus debits of an account without a balance of its own.

    An issuer's is negative by what it issued; a CLAWBACK's by what is still owed to it.
    """
    sealed = (
        SealedBalance.objects.filter(account=account)
        .order_by("-seal")
        .values_list("balance", "seal__last_id")
    )
    balance, last_id = sealed.first() or (0, 0)
    tail = Transfer.objects.filter(pk__gt=last_id)
    sums = tail.filter(Q(credit=account) | Q(debit=account)).aggregate(
        credits=Coalesce(Sum("amount", filter=Q(credit=account)), 0),
        debits=Coalesce(Sum("amount", filter=Q(debit=account)), 0),
    )
    return int(balance + sums["credits"] - sums["debits"])
