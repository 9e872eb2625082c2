"""Being named on the boards is a wish, never the default."""

from datetime import datetime

from campus.people.forgetting import Person
from campus.people.models import Holder
from meters.rankings.models import NameShown


def show_name(*, holder: Holder, shown: bool, at: datetime) -> None:
    """From now on a holder's nickname stands (or does not stand) beside their room's place."""
    if shown:
        NameShown.objects.get_or_create(holder=holder, defaults={"since": at})
    else:
        NameShown.objects.filter(holder=holder).delete()


def forget(*, person: Person, at: datetime) -> None:
    """The erased are named nowhere."""
    if person.holder_id is not None:
        NameShown.objects.filter(holder_id=person.holder_id).delete()
