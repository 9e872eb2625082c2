"""The nightly proof that wallets hold what their entries say."""

from datetime import datetime

from django.db import connection

from campus.places.models import Campus
from points.ledger import triggers
from points.ledger.models import Seal
from points.ledger.queries import laws
from points.ledger.refusals import BookDoesNotBalance


def reconcile(*, campus: Campus, at: datetime) -> None:
    """
    Prove the wallets of a campus against the book, as far as it moved since the last seal.

    Every wallet must hold what its newest entry says; every entry since the last seal must follow
    from the one before; carbon points must equal what their lots hold; and the triggers that keep
    the book as it is must stand. `verify_ledger` proves all of it from the first entry on.

    :raises BookDoesNotBalance: naming the law and the accounts that break it
    """
    absent = triggers.missing(connection)
    if absent:
        raise BookDoesNotBalance(law="the book is guarded", accounts=", ".join(absent))
    sealed = Seal.objects.order_by("-pk").values_list("last_id", flat=True).first() or 0
    for law, breakers in laws.broken(campus_id=campus.pk, after=sealed):
        raise BookDoesNotBalance(law=law, accounts=", ".join(map(str, breakers)))
