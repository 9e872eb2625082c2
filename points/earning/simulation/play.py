"""One term, one throw of the dice: settlements as they came, activities drawn by a seed. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from meters.savings.facts import ReplayedTerm
from points.earning import budget, caps
from points.earning.rules import Deed, settled_saving
from points.earning.rules.attendance import attendance
from points.earning.simulation.plan import Plan

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
WEEK = 7
EAGERNESS = 0.6  # shape of the gamma by which few people join many activities
G_PER_TONNE = 1_000_000


@dataclass(frozen=True, slots=True)
class Played:
    """
    What a term gave. Weeks count from the first settlement; infinite where it took too long.

    :param saving, average, activities: carbon points by what they were given for
    :param weeks: of the median saver (a resident of a room with a verified saving), from settled
        savings alone
    :param weeks_true: the same over the residents of all rooms that truly saved, verified or not
    :param reached: part of the savers who had a coffee by the end of the term
    :param ended_on: day of the term on which the budget was used up
    """

    people: int
    tonnes: float
    saving: int
    average: int
    activities: int
    weeks: float
    weeks_true: float
    reached: float
    ended_on: int | None

    @property
    def points(self) -> int:
        """All carbon points that were issued."""
        return self.saving + self.average + self.activities

    @property
    def share(self) -> float:
        """Electricity's part of them: what was saved, and its average for comparison rooms."""
        return (self.saving + self.average) / self.points if self.points else 0.0


@dataclass(slots=True)
class _Campus:
    """Everybody's points while the term is played; arrays of one figure a person."""

    term: ReplayedTerm
    plan: Plan
    room: Ints
    issued: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("saving", "average", "activities"), 0)
    )
    given: Ints = field(init=False)
    saved: Ints = field(init=False)
    coffee_on: Floats = field(init=False)
    days_paid: list[list[int]] = field(init=False)
    ended_on: int | None = None

    def __post_init__(self) -> None:
        people = len(self.room)
        self.given, self.saved = np.zeros(people, np.int64), np.zeros(people, np.int64)
        self.coffee_on = np.full(people, np.inf)
        self.days_paid = [[] for _person in range(people)]

    def left(self) -> int | None:
        """What the budget has left; None without one."""
        points = self.plan.budget_points
        return None if points is None else max(points - sum(self.issued.values()), 0)


def play(term: ReplayedTerm, *, plan: Plan, seed: int) -> Played:
    """Play a term through, day by day."""
    campus = _Campus(term, plan, room=np.repeat(np.arange(len(term.people)), term.people))
    joined = _joined(len(campus.room), days=term.days, plan=plan, seed=seed)
    settlements = {end: column for column, end in enumerate(term.ends.tolist())}
    for day in range(term.days):
        for person in joined[day]:
            _attend(campus, person, day)
        if day + 1 in settlements:
            _settle(campus, settlements[day + 1], day + 1)
    return _told(campus)


def _joined(people: int, *, days: int, plan: Plan, seed: int) -> Sequence[Sequence[int]]:
    """Day -> who takes part in an activity on it."""
    chance = np.random.default_rng([seed, 1])
    eager = chance.gamma(EAGERNESS, plan.activities / EAGERNESS, people)
    times = chance.poisson(eager[:, None] / WEEK, (people, days))
    return [np.repeat(np.arange(people), times[:, day]).tolist() for day in range(days)]


def _attend(campus: _Campus, person: int, day: int) -> None:
    """The rule of activities, its caps, the term's cap, the budget: as the product asks them."""
    paid = campus.days_paid[person]
    deed = Deed(
        paid_ever=len(paid),
        paid_this_week=sum(on // WEEK == day // WEEK for on in paid),
        paid_today=paid.count(day),
        paid_this_term=len(paid),
    )
    points = attendance(deed, campus.plan.attendance).cp
    given = int(campus.given[person])
    points = caps.granted_of_term(points, given=given, caps=campus.plan.caps)
    left = campus.left()
    points = points if left is None else min(points, left)
    if points:
        paid.append(day)
        campus.given[person] += points
        campus.issued["activities"] += points


def _settle(campus: _Campus, column: int, day: int) -> None:
    """One settlement: enrolled rooms by the rule, comparison rooms the average, both limited."""
    wanted = np.zeros(len(campus.room), np.int64)
    enrolled = campus.term.enrolled[campus.room]
    wanted[enrolled] = _earned(campus, column)
    nights = np.full(len(campus.room), WEEK, np.int64)
    wanted[~enrolled] = settled_saving.average(
        wanted[enrolled], nights=nights[enrolled], of=nights[~enrolled]
    )
    got = np.array(list(_limited(campus, wanted)), np.int64)
    campus.given += got
    campus.saved += got
    campus.issued["saving"] += int(got[enrolled].sum())
    campus.issued["average"] += int(got[~enrolled].sum())
    new = np.isinf(campus.coffee_on) & (campus.saved >= campus.plan.coffee_cp)
    campus.coffee_on[new] = day
    if campus.ended_on is None and campus.left() == 0:
        campus.ended_on = day


def _earned(campus: _Campus, column: int) -> Ints:
    """Points of the residents of enrolled rooms, in their order, by the rule."""
    rooms = np.flatnonzero(campus.term.enrolled)
    place = np.full(len(campus.term.enrolled), -1, np.int64)
    place[rooms] = np.arange(len(rooms))
    room = place[campus.room[campus.term.enrolled[campus.room]]]
    return settled_saving.many(
        campus.term.co2_g[rooms, column],
        room=room,
        nights=np.full(len(room), WEEK, np.int64),
        turn=np.full(len(rooms), column, np.int64),
        terms=campus.plan.settled,
    )


def _limited(campus: _Campus, wanted: Ints) -> Iterator[int]:
    given = campus.given.tolist()
    capped = [
        caps.granted_of_term(amount, given=before, caps=campus.plan.caps)
        for amount, before in zip(wanted.tolist(), given, strict=True)
    ]
    left, total = campus.left(), sum(capped)
    for amount in capped:
        yield amount if left is None else budget.share(amount, left=left, wanted=total)


def _told(campus: _Campus) -> Played:
    term = campus.term
    verified = (term.settled_wh.sum(axis=1) > 0) & term.enrolled
    truly = verified if term.saved_wh is None else (term.saved_wh > 0) & term.enrolled
    weeks = (campus.coffee_on - (term.ends[0] if len(term.ends) else 0)) / WEEK
    return Played(
        people=len(campus.room),
        tonnes=float(term.co2_g[term.enrolled].sum()) / G_PER_TONNE,
        weeks=_median(weeks[verified[campus.room]]),
        weeks_true=_median(weeks[truly[campus.room]]),
        reached=float(np.isfinite(weeks[verified[campus.room]]).mean()) if verified.any() else 0.0,
        ended_on=campus.ended_on,
        **campus.issued,
    )


def _median(weeks: Floats) -> float:
    """The (upper) median; infinite when half of them never came that far."""
    ordered = np.sort(weeks)
    return float(ordered[len(ordered) // 2]) if len(ordered) else np.inf
