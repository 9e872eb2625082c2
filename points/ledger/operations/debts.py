"""
What a correction took and the wallet could not cover: lent by CLAWBACK, repaid by later credits.

A student keeps at least half of whatever is earned anew; a balance is never negative.
"""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import BigIntegerField, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from campus.places.models import Campus
from points.ledger.models import Account, Code, Transfer
from points.ledger.moves import Move

LEG = 1000  # added to the leg of the move that a loan or repayment belongs to


def repayments(moves: Sequence[Move]) -> list[Move]:
    """What of new points goes to debts: at most half of each credit, at most the debt."""
    earning = [move for move in moves if move.earns() and move.wallet()]
    indebted = _lenders(earning)
    if not indebted:
        return []
    lock(sorted(side.pk for move in moves if (side := move.wallet())))
    owed = {key: debt(account) for key, account in indebted.items()}
    found = []
    for move in earning:
        key = (move.credit.holder_id, move.credit.asset)
        part = min(owed.get(key, 0), move.amount // 2)
        if part > 0:
            owed[key] -= part
            found.append(_repayment(move, indebted[key], part))
    return found


def _lenders(moves: Sequence[Move]) -> dict[tuple[int, str], Account]:
    """(holder id, asset) -> the account to which the receivers of `moves` may owe."""
    holders = {move.credit.holder_id for move in moves}
    if not holders:
        return {}
    rows = Account.objects.filter(kind=Account.Kind.CLAWBACK, holder__in=holders)
    return {(row.holder_id, row.asset): row for row in rows}


def _repayment(move: Move, lender: Account, part: int) -> Move:
    return replace(
        move,
        debit=move.credit,
        credit=lender,
        amount=part,
        code=Code.DEBT_REPAID,
        leg=move.leg + LEG,
    )


def debtors(*, campus: Campus, asset: str) -> list[int]:
    """Holder ids of a campus who still owe an asset."""
    lenders = Account.objects.filter(kind=Account.Kind.CLAWBACK, asset=asset, holder__campus=campus)
    owing = lenders.annotate(lent=_total("debit"), repaid=_total("credit"))
    return list(owing.filter(lent__gt=F("repaid")).values_list("holder_id", flat=True))


def _total(side: str) -> Coalesce:
    """The sum of the transfers that have the account on one side, as an expression."""
    rows = Transfer.objects.filter(**{side: OuterRef("pk")}).order_by().values(side)
    total = Subquery(rows.annotate(total=Sum("amount")).values("total"))
    return Coalesce(total, 0, output_field=BigIntegerField())


def debt(lender: Account) -> int:
    """What is still owed to a CLAWBACK account: lent minus repaid."""
    row = Account.objects.filter(pk=lender.pk)
    lent, repaid = row.values_list(_total("debit"), _total("credit")).get()
    return int(lent) - int(repaid)


def lock(wallets: Sequence[int]) -> dict[int, int]:
    """Lock wallets in the order of their ids until the transaction ends; id -> balance."""
    rows = Account.objects.filter(pk__in=wallets).order_by("pk")
    return dict(rows.select_for_update(no_key=True).values_list("pk", "balance"))
