"""The night's steps of this app. Each fetches its campus, calls one room, and ends."""

from datetime import date, datetime

from celery import shared_task

from campus.places.models import Campus
from points.coupons import operations as coupons
from points.earning import operations as earning
from points.game import operations as game
from points.ledger import operations as ledger


@shared_task(name="points.award")
def award(*, campus_id: int, day: str, at: str, run_id: int) -> None:
    """What the day's savings and settlements earned."""
    campus = Campus.objects.get(pk=campus_id)
    when = datetime.fromisoformat(at)
    earning.award_night(campus=campus, day=date.fromisoformat(day), at=when, run_id=run_id)


@shared_task(name="points.ripen_drops")
def ripen_drops(*, campus_id: int, day: str, at: str, run_id: int) -> None:
    """Sunlight that was awarded waits to be collected."""
    campus = Campus.objects.get(pk=campus_id)
    game.ripen(campus=campus, day=date.fromisoformat(day), at=datetime.fromisoformat(at))


@shared_task(name="points.expire")
def expire(*, campus_id: int, day: str, at: str, run_id: int) -> None:
    """Coupons and carbon points whose last day was `day`; refused scans of long ago."""
    campus = Campus.objects.get(pk=campus_id)
    when = datetime.fromisoformat(at)
    coupons.expire_due(campus=campus, at=when, night_run=run_id)
    coupons.forget_refused(campus=campus, at=when)
    ledger.expire(campus=campus, day=date.fromisoformat(day), at=when, run_id=run_id)


@shared_task(name="points.reconcile")
def reconcile(*, campus_id: int, day: str, at: str, run_id: int) -> None:
    """Proof that the book balances."""
    campus = Campus.objects.get(pk=campus_id)
    ledger.reconcile(campus=campus, at=datetime.fromisoformat(at))


@shared_task(name="points.seal")
def seal(*, campus_id: int, day: str, at: str, run_id: int) -> None:
    """What was posted is hashed and chained; the book is one, whichever campus closes."""
    ledger.seal(at=datetime.fromisoformat(at))
