"""How the nights went, and which are still to come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, Prefetch, Q, QuerySet
from django.db.models.functions import Now

from campus import clock
from campus.nights.models import Claim, NightRun, Outbox, State, Step
from campus.places.models import Campus


@dataclass(frozen=True, slots=True)
class Progress:
    """How far something has come; a total of 0 is not yet known."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class StepFact:
    """A step of a night; `reason` is the code of what made it fail."""

    name: str
    state: str
    chunks: Progress
    reason: str
    facts: Mapping[str, object]

    @property
    def failed(self) -> bool:
        return self.state == State.FAILED


@dataclass(frozen=True, slots=True)
class NightFact:
    """The close of a day, its steps in the order of the plan."""

    day: date
    state: str
    finished_at: datetime | None
    steps: Sequence[StepFact]

    @property
    def progress(self) -> Progress:
        """Steps done, of those that the plan has."""
        done = sum(step.state == State.DONE for step in self.steps)
        return Progress(done, max(len(settings.NIGHT_PLAN), len(self.steps)))

    @property
    def running(self) -> str | None:
        """The step that is being worked on."""
        at_work = self.state == State.RUNNING
        running = (step.name for step in self.steps if step.state == State.RUNNING)
        return next(running, None) if at_work else None


def open_days(campus: Campus, through: date) -> Sequence[date]:
    """
    The days up to and including `through` whose night is not done, in order.

    A campus begins with its first night, or where it never had one, with its first term.
    """
    first = first_day(campus=campus) or through
    done = set(campus.nights.filter(state=State.DONE).values_list("day", flat=True))
    days = (first + timedelta(days=n) for n in range((through - first).days + 1))
    return [day for day in days if day not in done]


def first_day(*, campus: Campus) -> date | None:
    """The first day that has a night, or will have one; days before it are history."""
    begun = campus.nights.order_by("day").values_list("day", flat=True).first()
    term = campus.terms.order_by("starts_on").values_list("starts_on", flat=True).first()
    return begun or term


def last_closed(*, campus: Campus) -> date | None:
    """The newest day that was ever closed; it stays so while it is closed again."""
    closed = campus.nights.filter(Q(state=State.DONE) | Q(finished_at__isnull=False))
    return closed.order_by("-day").values_list("day", flat=True).first()


def opened_again_after(*, campus: Campus, day: date) -> list[date]:
    """The days after `day` whose night was closed once and is open again."""
    rows = campus.nights.filter(day__gt=day, finished_at__isnull=False).exclude(state=State.DONE)
    return list(rows.order_by("day").values_list("day", flat=True))


def was_closed(*, campus: Campus, day: date) -> bool:
    """Whether a night of that day ever came to its end."""
    return campus.nights.filter(day=day, finished_at__isnull=False).exists()


def is_claimed(*, campus: Campus) -> bool:
    """Whether a living process closes nights of the campus now."""
    return Claim.objects.filter(campus=campus, until__gte=Now()).exists()


def is_promised(*, key: str) -> bool:
    """Whether a message of this key is not yet done."""
    return Outbox.objects.filter(key=key, done_at=None).exists()


def due(*, at: datetime, limit: int) -> list[Outbox]:
    """Messages to hand over at `at`, the longest waiting first."""
    return list(Outbox.objects.filter(done_at=None, due_at__lte=at).order_by("due_at")[:limit])


def waiting() -> tuple[int, datetime | None]:
    """How many messages of the outbox are not done, and since when the oldest of them waits."""
    rows = Outbox.objects.filter(done_at=None)
    oldest = rows.order_by("created_at").values_list("created_at", flat=True).first()
    return rows.count(), oldest


def behind(*, campus: Campus, at: datetime) -> int:
    """How many days that are due at `at` are not closed."""
    last = clock.last_closed_day(at=at, zone=campus.zone, close_hour=campus.close_hour)
    return len(open_days(campus, last))


def recent(*, campus: Campus, limit: int = 14) -> list[NightFact]:
    """The newest nights with their steps and how far each has come."""
    alive = is_claimed(campus=campus)
    newest = _with_steps(campus).order_by("-day")[:limit]
    return [_night(run, alive=alive) for run in newest]


def night(*, campus: Campus, day: date) -> NightFact | None:
    """One night with its steps; None if that day never had one."""
    run = _with_steps(campus).filter(day=day).first()
    return _night(run, alive=is_claimed(campus=campus)) if run else None


def _with_steps(campus: Campus) -> QuerySet[NightRun]:
    counted = Step.objects.annotate(
        parts=Count("chunks"), parts_done=Count("chunks", filter=Q(chunks__done_at__isnull=False))
    )
    return campus.nights.prefetch_related(Prefetch("steps", counted.order_by("position")))


def _night(run: NightRun, *, alive: bool) -> NightFact:
    # A night whose process died waits for the next one, whatever it wrote last.
    state = State.WAITING if run.state == State.RUNNING and not alive else State(run.state)
    return NightFact(run.day, state, run.finished_at, [_step(step) for step in run.steps.all()])


def _step(step: Step) -> StepFact:
    chunks = Progress(getattr(step, "parts_done", 0), getattr(step, "parts", 0))
    return StepFact(step.name, step.state, chunks, step.reason, step.facts)
