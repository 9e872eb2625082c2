"""Who sells and who buys, as the next statements will say; those closed keep their own."""

from typing import Any

from campus.places.models import Campus
from points.coupons.models import Cafe, SettlementTerms


def name_seller(*, cafe: Cafe, **fields: str) -> Cafe:
    """
    Enter how a café stands on its statements.

    :param fields: legal_name, tax_number, address; what is left out stays
    """
    for name, value in fields.items():
        setattr(cafe, name, value)
    cafe.save(update_fields=list(fields))
    return cafe


def name_buyer(*, campus: Campus, **fields: Any) -> SettlementTerms:
    """
    Enter how a campus stands on statements, and how many days after a period it pays.

    :param fields: legal_name, tax_number, address, pay_after_days
    """
    terms, _new = SettlementTerms.objects.update_or_create(campus=campus, defaults=fields)
    return terms
