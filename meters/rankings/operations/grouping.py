"""Putting rooms among their peers, once a term; who comes later joins the fitting group."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction

from campus.people import queries as people
from campus.places.models import Campus, Enrolment, Room, Term
from meters.rankings.models import Peer, PeerGroup
from meters.rankings.peers import Alike, groups_of


@transaction.atomic
def form_groups(*, campus: Campus, term: Term, day: date) -> Mapping[int, int]:
    """
    Room id -> group id of every enrolled, lived-in room; forms what is not there yet.

    Groups stand for the term. A room whose number of people has changed, or that is new, goes to
    the smallest group of its kind, or to the smallest one where its kind has none.
    """
    rooms = _alike(campus, term, day)
    known = {peer.room_id: peer for peer in Peer.objects.filter(term=term)}
    if not known:
        _store(term, groups_of(rooms))
    else:
        _fit_in(term, rooms, known)
    return dict(Peer.objects.filter(term=term).values_list("room_id", "group_id"))


def _alike(campus: Campus, term: Term, day: date) -> list[Alike]:
    living = people.occupancies_on(campus=campus, day=day)
    enrolled = Room.objects.filter(
        residence__campus=campus, enrolments__term=term, enrolments__part=Enrolment.Part.ENROLLED
    )
    return [
        Alike(
            room_id=room.pk,
            type_id=room.type_id,
            people=living[room.pk].people,
            residence_id=room.residence_id,
            orientation=room.orientation,
            number=room.number,
        )
        for room in enrolled.order_by("pk")
        if room.pk in living
    ]


def _store(term: Term, parts: Iterable[Sequence[Alike]]) -> None:
    for number, rooms in enumerate(parts, start=1):
        group = PeerGroup.objects.create(
            term=term,
            number=number,
            type_id=_shared({room.type_id for room in rooms}),
            people=_shared({room.people for room in rooms}),
            residence_id=_shared({room.residence_id for room in rooms}),
        )
        Peer.objects.bulk_create(
            Peer(term=term, group=group, room_id=room.room_id, people=room.people) for room in rooms
        )


def _shared(values: set[int]) -> int | None:
    return next(iter(values)) if len(values) == 1 else None


def _fit_in(term: Term, rooms: Sequence[Alike], known: Mapping[int, Peer]) -> None:
    groups = list(PeerGroup.objects.filter(term=term).order_by("number"))
    sizes = Counter(peer.group_id for peer in known.values())
    for room in rooms:
        peer = known.get(room.room_id)
        if peer and peer.people == room.people:
            continue
        same = [g for g in groups if (g.type_id, g.people) == room.kind] or groups
        group = min(same, key=lambda g: (sizes[g.pk], g.number))
        sizes[group.pk] += 1
        Peer.objects.update_or_create(
            term=term, room_id=room.room_id, defaults={"group": group, "people": room.people}
        )
