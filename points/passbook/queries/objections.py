"""Reading objections: a student's own, and those a manager may answer."""

from uuid import UUID

from django.db.models import Q, QuerySet

from campus.errors import NotFound
from campus.people.models import Holder
from campus.places.models import Residence
from points.passbook.models import Objection


def objections_of(*, holder: Holder) -> QuerySet[Objection]:
    """A holder's own objections, newest first."""
    return _all().filter(holder=holder).order_by("-pk")


def newest_about(*, transfer_id: int) -> Objection | None:
    """The newest objection to an entry."""
    return _all().filter(entry=transfer_id).order_by("-pk").first()


def answerable(*, residences: QuerySet[Residence]) -> QuerySet[Objection]:
    """
    Objections of people who lived in these residences when they objected, newest first.

    Those of people who lived in no room are answerable on their whole campus.
    """
    roomless = Q(room=None, campus__in=residences.values("campus"))
    return _all().filter(Q(room__residence__in=residences) | roomless).order_by("-pk")


def one_answerable(*, residences: QuerySet[Residence], uid: UUID) -> Objection:
    """
    An objection that a manager of these residences may answer.

    :raises NotFound: if it is another residence's or does not exist
    """
    found = answerable(residences=residences).filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def _all() -> QuerySet[Objection]:
    return Objection.objects.select_related(
        "room__residence",
        "holder__campus",
        "entry__txn",
        "entry__reverses",
        "entry__reversed_by",
        "entry__wallet",
    )
