"""Before a term its lottery and its terms; and the weather's warnings, as they come."""

import secrets
from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.db import transaction

from campus.people.models import User
from campus.places.models import Campus, Enrolment, Room, Term
from meters.savings import lottery
from meters.savings.models import Lottery, SavingTerms, WeatherWarning
from meters.savings.outlook import expected
from meters.savings.refusals import (
    AlreadyDrawn,
    EverybodyEnrolled,
    TermHasBegun,
    TermsTooSoon,
    TooManyComparison,
    WarningInvalid,
)
from meters.savings.rule import MIN_COMPARISON

LONGEST_WARNING = 31  # days


@transaction.atomic
def draw_lottery(
    *, term: Term, comparison: int, by: User | None, at: datetime, seed: str = ""
) -> Lottery:
    """
    Draw a term's comparison rooms among all rooms of the campus, and enrol all others.

    :param comparison: how many rooms; `lottery.recommended` tells how many are wise
    :param seed: announced beforehand, so that all can draw again; else chance chooses it
    :raises TermHasBegun: if its first day is not in the future
    :raises AlreadyDrawn: if there is a draw
    :raises EverybodyEnrolled: if too few rooms would be left to compare with
    :raises TooManyComparison: if more than half of the rooms would be comparison rooms
    """
    campus = Campus.objects.select_for_update().get(pk=term.campus_id)
    rooms = {str(r.uid): r.pk for r in Room.objects.filter(residence__campus=campus)}
    _check_draw(term, comparison, rooms=len(rooms), today=at.astimezone(campus.zone).date())
    seed = seed or secrets.token_hex(16)
    order = lottery.drawn(list(rooms), seed=seed)
    _enrol(term, [rooms[uid] for uid in order], comparison=comparison)
    return Lottery.objects.create(
        term=term,
        algorithm=lottery.ALGORITHM,
        seed=seed,
        candidates=len(order),
        comparison=comparison,
        order=order,
        digest=lottery.digest(order),
        outlook=asdict(expected(comparison=comparison)),
        drawn_by=by,
        drawn_at=at,
    )


def _check_draw(term: Term, comparison: int, *, rooms: int, today: date) -> None:
    drawn = Lottery.objects.filter(term=term).first()
    if drawn is not None:
        raise AlreadyDrawn(drawn_on=drawn.drawn_at.date())
    if term.starts_on <= today:
        raise TermHasBegun(starts_on=term.starts_on)
    if comparison < MIN_COMPARISON:
        raise EverybodyEnrolled(comparison=comparison, least=MIN_COMPARISON)
    if comparison > rooms // 2:
        raise TooManyComparison(most=rooms // 2, rooms=rooms)


def _enrol(term: Term, room_ids: list[int], *, comparison: int) -> None:
    term.enrolments.all().delete()
    Enrolment.objects.bulk_create(
        Enrolment(
            term=term,
            room_id=room,
            part=Enrolment.Part.COMPARISON if place < comparison else Enrolment.Part.ENROLLED,
        )
        for place, room in enumerate(room_ids)
    )


def announce_saving_terms(
    *,
    campus: Campus,
    valid_from: date,
    ramp: str,
    comfort_wh: int,
    at: datetime,
    by: User | None = None,
) -> SavingTerms:
    """
    Announce the terms of all academic terms that begin on `valid_from` or later.

    A term that has begun is settled by the terms of its first day.

    :raises TermsTooSoon: if `valid_from` is not in the future
    """
    earliest = at.astimezone(campus.zone).date() + timedelta(days=1)
    if valid_from < earliest:
        raise TermsTooSoon(earliest=earliest)
    told = {"ramp": ramp, "comfort_wh": comfort_wh, "announced_at": at, "announced_by": by}
    found, _new = SavingTerms.objects.update_or_create(
        campus=campus, valid_from=valid_from, defaults=told
    )
    return found


def tell_warning(
    *,
    campus: Campus,
    kind: str,
    starts_on: date,
    ends_on: date,
    at: datetime,
    by: User | None = None,
) -> WeatherWarning:
    """
    Enter a heat or cold warning for the days [starts_on, ends_on): they count for nobody.

    :raises WarningInvalid: if it lasts no day, or too many, or another one begins on that day
    """
    lasts = (ends_on - starts_on).days
    known = WeatherWarning.objects.filter(campus=campus, kind=kind, starts_on=starts_on)
    if not 1 <= lasts <= LONGEST_WARNING or known.exists():
        raise WarningInvalid(most=LONGEST_WARNING)
    return WeatherWarning.objects.create(
        campus=campus, kind=kind, starts_on=starts_on, ends_on=ends_on, told_at=at, told_by=by
    )


def take_back_warning(*, warning: WeatherWarning) -> None:
    """A warning that was entered by mistake; the nights judge its days anew."""
    warning.delete()
