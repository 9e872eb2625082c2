"""The night's steps of this app. Each fetches its campus, calls the rooms, and ends."""

from datetime import date, datetime

from celery import shared_task

from campus.places.models import Campus
from meters.billing import operations as billing
from meters.forecasting import operations as forecasting
from meters.rankings import operations as rankings
from meters.readings import inbox
from meters.readings import operations as readings
from meters.savings import operations as savings


@shared_task(name="meters.empty_inbox")
def empty_inbox(*, campus_id: int, day: str, at: str, run_id: int) -> None:
    """Files that were laid down for us."""
    campus = Campus.objects.get(pk=campus_id)
    inbox.empty_inbox(campus=campus, day=date.fromisoformat(day), at=datetime.fromisoformat(at))


@shared_task(name="meters.close_day")
def close_day(*, campus_id: int, day: str, at: str, run_id: int) -> None:
    """What each space used, then what each room owes for it."""
    campus = Campus.objects.get(pk=campus_id)
    closed, now = date.fromisoformat(day), datetime.fromisoformat(at)
    readings.close_day(campus=campus, day=closed, at=now)
    readings.close_opened_again(campus=campus, after=closed, at=now)
    billing.charge_day(campus=campus, day=closed, at=now)


@shared_task(name="meters.forecast_day")
def forecast_day(*, campus_id: int, day: str, at: str, run_id: int) -> None:
    """What each room will likely use tomorrow."""
    campus = Campus.objects.get(pk=campus_id)
    forecasting.forecast_next_day(campus=campus, day=date.fromisoformat(day))


@shared_task(name="meters.estimate_savings")
def estimate_savings(*, campus_id: int, day: str, at: str, run_id: int) -> None:
    """What each room saved against its baseline."""
    campus = Campus.objects.get(pk=campus_id)
    savings.estimate_day(campus=campus, day=date.fromisoformat(day), at=datetime.fromisoformat(at))


@shared_task(name="meters.rank_day")
def rank_day(*, campus_id: int, day: str, at: str, run_id: int) -> None:
    """Where each room stands."""
    campus = Campus.objects.get(pk=campus_id)
    rankings.rank_day(campus=campus, day=date.fromisoformat(day), at=datetime.fromisoformat(at))


@shared_task(name="meters.settle_savings")
def settle_savings(*, campus_id: int, day: str, at: str, run_id: int) -> None:
    """What of the savings is paid for, at the end of a period."""
    campus = Campus.objects.get(pk=campus_id)
    savings.settle_due(campus=campus, day=date.fromisoformat(day), at=datetime.fromisoformat(at))


@shared_task(name="meters.forget_hours")
def forget_hours(*, campus_id: int, day: str, at: str, run_id: int) -> None:
    """What nobody needs to know by the hour any more."""
    campus = Campus.objects.get(pk=campus_id)
    readings.forget_hours(campus=campus, day=date.fromisoformat(day))
