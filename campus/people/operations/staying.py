"""Writing who lives where. Occupancies follow from residencies and are stored."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from campus.errors import CampusError
from campus.people.models import Holder, Occupancy, Profile, Residency, User
from campus.places.models import Campus, Room


class RoomIsFull(CampusError):
    """Every bed of the room is taken on that night."""

    code, status = "room_is_full", 409
    detail = _("Room %(room)s has no free bed on %(day)s.")


def register(*, user: User, campus: Campus, nickname: str, language: str) -> Profile:
    """Give a user a profile and an opaque holder on a campus."""
    holder = Holder.objects.create(kind=Holder.Kind.PERSON, campus=campus)
    return Profile.objects.create(user=user, holder=holder, nickname=nickname, language=language)


@transaction.atomic
def change(*, profile: Profile, nickname: str | None = None, language: str | None = None) -> None:
    """
    Let a person choose another nickname or language; what is None stays.

    A nickname that is given up is forgotten at once where answers to others name it: an erasure
    later would no longer know what to look for.
    """
    if nickname is not None and nickname != profile.nickname:
        for name in settings.RENAMING_PLAN:
            import_string(name)(names=[profile.nickname])
    wishes = {"nickname": nickname, "language": language}
    chosen = {name: wish for name, wish in wishes.items() if wish is not None}
    Profile.objects.filter(pk=profile.pk).update(**chosen)


@transaction.atomic
def move_in(*, holder: Holder, room: Room, on: date) -> Residency:
    """
    Let a holder live in a room from the night of `on`, leaving the room they had.

    :raises RoomIsFull: if the room type's capacity is reached that night
    """
    Room.objects.select_for_update().get(pk=room.pk)
    present = room.residencies.filter(ends_on__isnull=True).count()
    if present >= room.type.capacity:
        raise RoomIsFull(room=room.number, day=on)
    for stay in Residency.objects.filter(holder=holder, ends_on__isnull=True):
        move_out(residency=stay, on=on)
    stay = Residency.objects.create(holder=holder, room=room, starts_on=on)
    store_occupancies(room=room)
    return stay


@transaction.atomic
def move_out(*, residency: Residency, on: date) -> None:
    """End a stay: the night of `on` is the first one elsewhere."""
    residency.ends_on = on
    residency.save(update_fields=["ends_on"])
    store_occupancies(room=residency.room)


def store_occupancies(*, room: Room) -> None:
    """
    Derive the occupancies of a room from its residencies; those that stand are kept as they are.

    An occupancy that has begun may be given its end, or be added; never re-written.
    """
    stays = list(room.residencies.order_by("pk"))
    edges = sorted({s.starts_on for s in stays} | {s.ends_on for s in stays if s.ends_on})
    for first, after in zip(edges, [*edges[1:], None], strict=True):
        present = [s.holder_id for s in stays if _lives(s, first)]
        if present:
            _store(room=room, first=first, after=after, present=present)


def _lives(stay: Residency, day: date) -> bool:
    return stay.starts_on <= day and (stay.ends_on is None or stay.ends_on > day)


def _store(*, room: Room, first: date, after: date | None, present: list[int]) -> None:
    occupancy, _new = Occupancy.objects.update_or_create(
        room=room, starts_on=first, defaults={"ends_on": after, "people": len(present)}
    )
    occupancy.residents.set(present)
