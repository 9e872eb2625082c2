"""
Hosting, joining, leaving, cancelling, calling off, confirming.

Each of them locks the activity's row first, so that they follow one another: a seat is never given
twice, and nobody joins an activity that is being confirmed.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from campus.notices import operations as notices
from campus.people.forgetting import Person
from campus.people.models import Holder, Profile, User
from points.activities.models import Activity, Participation
from points.activities.refusals import (
    Full,
    HasBegun,
    NotAParticipant,
    NotBegun,
    NotOpen,
    OwnActivity,
    TimesDoNotFit,
    TooLateToConfirm,
    TooManyHosted,
)
from points.earning import operations as earning
from points.ledger import operations as ledger
from points.ledger.models import Asset

OPEN_PER_HOST = 5
LONGEST = timedelta(days=1)
CONFIRM_DAYS = 7
RULE = "attendance"
State = Activity.State
Doing = Participation.State


@transaction.atomic
def host(
    *,
    host: Holder,
    title: str,
    about: str,
    place: str,
    starts_at: datetime,
    ends_at: datetime,
    capacity: int,
    at: datetime,
) -> Activity:
    """
    Offer an activity on the host's campus.

    :raises TimesDoNotFit: if it begins in the past, ends before it begins or lasts over a day
    :raises TooManyHosted: if the host has five open ones
    """
    if not at < starts_at < ends_at <= starts_at + LONGEST:
        raise TimesDoNotFit
    # Locked, so that two requests cannot both count four.
    Holder.objects.select_for_update().get(pk=host.pk)
    still_open = Activity.objects.filter(host=host, state=State.OPEN, ends_at__gt=at)
    if still_open.count() >= OPEN_PER_HOST:
        raise TooManyHosted(limit=OPEN_PER_HOST)
    return Activity.objects.create(
        campus=host.campus,
        host=host,
        title=title,
        about=about,
        place=place,
        starts_at=starts_at,
        ends_at=ends_at,
        capacity=capacity,
        created_at=at,
    )


@transaction.atomic
def join(*, activity: Activity, holder: Holder, at: datetime) -> Participation:
    """
    Take a seat; who has one keeps it.

    :raises OwnActivity: if the holder is the host
    :raises NotOpen, HasBegun, Full: if there is no seat to take
    """
    locked = _locked(activity)
    if locked.host_id == holder.pk:
        raise OwnActivity
    _refuse_unless_before_start(locked, at)
    own = locked.participations.filter(holder=holder).first()
    if own is not None and own.state == Doing.JOINED:
        return own
    if locked.joined >= locked.capacity:
        raise Full
    _seats(locked, +1)
    own = own or Participation(activity=locked, holder=holder)
    own.state, own.joined_at = Doing.JOINED, at
    own.save()
    return own


@transaction.atomic
def leave(*, activity: Activity, holder: Holder, at: datetime) -> None:
    """
    Free the seat again; who has none loses nothing.

    :raises NotOpen, HasBegun: if it is too late
    """
    locked = _locked(activity)
    _refuse_unless_before_start(locked, at)
    own = locked.participations.filter(holder=holder, state=Doing.JOINED)
    if own.update(state=Doing.LEFT):
        _seats(locked, -1)


@transaction.atomic
def cancel(*, activity: Activity, at: datetime) -> None:
    """
    Call it off; nobody is paid.

    :raises NotOpen, HasBegun: if it is too late
    """
    locked = _locked(activity)
    _refuse_unless_before_start(locked, at)
    locked.state = State.CANCELLED
    locked.save(update_fields=["state"])


@transaction.atomic
def call_off(*, activity: Activity, by: User, reason: str, at: datetime) -> Activity:
    """
    Staff call off what a person hosts, also when it has begun: nobody is paid, all are told why.

    :raises NotOpen: if it was cancelled or confirmed before
    """
    locked = _locked(activity)
    if locked.state != State.OPEN:
        raise NotOpen
    locked.state, locked.reason = State.CANCELLED, reason
    locked.called_off_by, locked.called_off_at = by, at
    locked.save(update_fields=["state", "reason", "called_off_by", "called_off_at"])
    _tell_called_off(locked, at)
    return locked


def _tell_called_off(activity: Activity, at: datetime) -> None:
    guests = activity.participations.filter(state=Doing.JOINED).values("holder")
    either = Q(holder__in=guests) | Q(holder=activity.host_id)
    day = activity.starts_at.astimezone(activity.campus.zone).date()
    notices.tell(
        campus=activity.campus,
        kind="ACTIVITY_CALLED_OFF",
        to=Profile.objects.filter(either).values_list("user_id", flat=True),
        key=f"called off {activity.uid}",
        params={"uid": str(activity.uid), "day": day.isoformat(), "reason": activity.reason},
        at=at,
    )


@dataclass(frozen=True, slots=True)
class Confirmed:
    """How many came and how many did not."""

    present: int
    absent: int


@transaction.atomic
def confirm(*, activity: Activity, present: Collection[UUID], at: datetime) -> Confirmed:
    """
    Say once for all who came, by participation; those are awarded, the host is not.

    :raises NotOpen: if it was cancelled or confirmed before
    :raises NotBegun, TooLateToConfirm: if it is not the time
    :raises NotAParticipant: if somebody present did not join
    """
    locked = _locked(activity)
    _refuse_unless_confirmable(locked, at)
    joined = list(locked.participations.filter(state=Doing.JOINED).select_related("holder__campus"))
    if not set(present) <= {row.uid for row in joined}:
        raise NotAParticipant
    came = [row for row in joined if row.uid in set(present)]
    locked.participations.filter(state=Doing.JOINED).update(state=Doing.ABSENT)
    locked.state = State.CLOSED
    locked.save(update_fields=["state"])
    # All wallets in one go and order: each award locks its own, and a night locks many.
    ledger.lock_wallets(holders=[row.holder_id for row in came], asset=Asset.CP)
    for row in came:
        _confirm_one(locked, row, at)
    return Confirmed(present=len(came), absent=len(joined) - len(came))


def _confirm_one(activity: Activity, row: Participation, at: datetime) -> None:
    row.state, row.confirmed_at = Doing.CONFIRMED, at
    row.save(update_fields=["state", "confirmed_at"])
    earning.award(
        rule=RULE,
        fact_key=str(row.uid),
        holder=row.holder,
        fact={"activity": str(activity.uid)},
        day=activity.starts_at.astimezone(activity.campus.zone).date(),
        at=at,
    )


def forget(*, person: Person, at: datetime) -> None:
    """
    Empty the words of what an erased person hosted, call off what has not begun, free their seats.

    A title may say whose birthday it is, a place whose room: nothing of it can be kept safely.
    """
    hosted = Activity.objects.filter(host=person.holder_id)
    hosted.filter(state=State.OPEN, starts_at__gt=at).update(state=State.CANCELLED)
    hosted.update(title="", about="", place="", reason="")
    seats = Participation.objects.filter(holder=person.holder_id, state=Doing.JOINED)
    for seat in seats.filter(activity__state=State.OPEN, activity__starts_at__gt=at):
        leave(activity=seat.activity, holder=seat.holder, at=at)


def _locked(activity: Activity) -> Activity:
    rows = Activity.objects.select_for_update(of=("self",)).select_related("campus")
    return rows.get(pk=activity.pk)


def _seats(activity: Activity, change: int) -> None:
    activity.joined += change
    activity.save(update_fields=["joined"])


def _refuse_unless_before_start(activity: Activity, at: datetime) -> None:
    if activity.state != State.OPEN:
        raise NotOpen
    if at >= activity.starts_at:
        raise HasBegun


def _refuse_unless_confirmable(activity: Activity, at: datetime) -> None:
    if activity.state != State.OPEN:
        raise NotOpen
    if at < activity.starts_at:
        raise NotBegun
    if at > activity.ends_at + timedelta(days=CONFIRM_DAYS):
        raise TooLateToConfirm(days=CONFIRM_DAYS)
