"""Accounts come into being when they are first named."""

from campus.people.models import Holder
from campus.places.models import Campus
from points.ledger.models import Account


def account(*, holder: Holder, kind: str, asset: str) -> Account:
    """The account of a holder, made when it is first asked for."""
    found, _new = Account.objects.get_or_create(holder=holder, kind=kind, asset=asset)
    # Keeps what the caller has read of the holder: its campus is asked for again and again.
    found.holder = holder
    return found


def wallet(*, holder: Holder, asset: str) -> Account:
    """The wallet of a holder."""
    return account(holder=holder, kind=Account.Kind.WALLET, asset=asset)


def issuer(*, campus: Campus, asset: str) -> Account:
    """The account from which a campus issues an asset."""
    return account(holder=campus_holder(campus=campus), kind=Account.Kind.ISSUER, asset=asset)


def campus_holder(*, campus: Campus) -> Holder:
    """The holder that is the campus itself: issuer, game, expiry."""
    holder, _new = Holder.objects.get_or_create(kind=Holder.Kind.CAMPUS, campus=campus)
    return holder


def freeze(*, account: Account) -> None:
    """Let a wallet receive, but no longer spend."""
    Account.objects.filter(pk=account.pk).update(status=Account.Status.FROZEN)


def thaw(*, account: Account) -> None:
    """Let a frozen wallet spend again."""
    Account.objects.filter(pk=account.pk).update(status=Account.Status.OPEN)
