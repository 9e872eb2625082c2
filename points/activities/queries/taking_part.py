"""Reading activities and who takes part."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from campus.errors import NotFound
from campus.people.models import Holder
from campus.people.queries import nicknames
from campus.places.models import Campus
from points.activities.models import Activity, Participation
from points.earning import queries as earning
from points.earning.rules import Deed, Earned, rules
from points.earning.terms import read

State = Activity.State
Doing = Participation.State


def upcoming(*, campus: Campus, me: Holder, at: datetime) -> QuerySet[Activity]:
    """Open activities of a campus that have not ended, what begins first in front."""
    rows = _seen_by(me).filter(campus=campus, state=State.OPEN, ends_at__gt=at)
    return rows.order_by("starts_at", "pk")


def past(*, campus: Campus, me: Holder, at: datetime) -> QuerySet[Activity]:
    """What has ended, was confirmed or cancelled, newest first; cancelled ones only if mine."""
    mine = Q(host=me) | Q(mine__isnull=False)
    over = Q(state=State.OPEN, ends_at__lte=at) | Q(state=State.CLOSED)
    rows = _seen_by(me).filter(campus=campus).filter(over | Q(state=State.CANCELLED) & mine)
    return rows.order_by("-starts_at", "-pk")


def activity(*, campus: Campus, me: Holder, uid: UUID) -> Activity:
    """
    An activity of the campus as `me` sees it.

    :raises NotFound: if the campus has none of this id
    """
    return _found(_seen_by(me).filter(campus=campus, uid=uid))


def hosted(*, host: Holder, uid: UUID) -> Activity:
    """
    An activity that a holder hosts.

    :raises NotFound: if somebody else hosts it
    """
    return _found(_seen_by(host).filter(host=host, uid=uid))


def _seen_by(me: Holder) -> QuerySet[Activity]:
    """Activities with `mine`: the state of my participation, None if I am not or no longer in."""
    own = Participation.objects.filter(activity=OuterRef("pk"), holder=me).exclude(state=Doing.LEFT)
    rows = Activity.objects.select_related("campus", "host")
    return rows.annotate(mine=Subquery(own.values("state")[:1]))


def _found(rows: QuerySet[Activity]) -> Activity:
    row = rows.first()
    if row is None:
        raise NotFound
    return row


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who takes part; the erased have no name."""

    uid: UUID
    name: str | None
    state: str


def participants(*, activity: Activity) -> list[Participant]:
    """Who joined and did not leave, in the order of joining. For the host alone."""
    rows = activity.participations.exclude(state=Doing.LEFT).order_by("joined_at", "pk")
    names = nicknames(holders=[row.holder_id for row in rows])
    return [Participant(row.uid, names.get(row.holder_id), row.state) for row in rows]


def host_names(*, activities: Sequence[Activity]) -> dict[int, str]:
    """Holder id -> nickname of the hosts, in one query."""
    return dict(nicknames(holders=[row.host_id for row in activities]))


def reward(*, campus: Campus, day: date) -> Earned:
    """What taking part earns under the terms and the budget of a day; nothing without the rule."""
    judge = rules()["attendance"]
    terms = earning.dated_terms(campus=campus).on(rule=judge.name, day=day)
    if terms is None:
        return Earned()
    earned: Earned = judge.judge(Deed(), read(terms.parameters, shape=judge.terms))
    budget = earning.budget_on(campus=campus, day=day)
    left = earning.left_of(budget=budget) if budget else earned.cp
    return replace(earned, cp=min(earned.cp, left))
