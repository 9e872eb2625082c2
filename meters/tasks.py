"""The night's steps of this app. Each fetches its campus, calls the rooms, and ends."""

from datetime import date, datetime

from celery import shared_task
from django.conf import settings

from campus import clock
from campus.notices.operations import NEWS_LASTS
from campus.places.models import Campus
from meters.advice import operations as advice
from meters.billing import operations as billing
from meters.forecasting import operations as forecasting
from meters.rankings import operations as rankings
from meters.readings import inbox, months
from meters.readings import operations as readings
from meters.savings import operations as savings
from meters.savings.models import TermRehearsal


@shared_task(name="meters.empty_inbox")
def empty_inbox(*, campus_id: int, day: str, at: str, run_id: int) -> None:
    """Files that were laid down for us."""
    campus = Campus.objects.get(pk=campus_id)
    inbox.empty_inbox(campus=campus, day=date.fromisoformat(day), at=datetime.fromisoformat(at))


@shared_task(name="meters.close_day")
def close_day(*, campus_id: int, day: str, at: str, run_id: int) -> None:
    """What each space used, what each room owes for it, and who is told that little is left."""
    campus = Campus.objects.get(pk=campus_id)
    closed, now = date.fromisoformat(day), datetime.fromisoformat(at)
    readings.close_day(campus=campus, day=closed, at=now)
    readings.close_opened_again(campus=campus, after=closed, at=now)
    billing.charge_day(campus=campus, day=closed, at=now)
    billing.mirror_balances(campus=campus, at=now)
    billing.tell_running_out(campus=campus, day=closed, at=now)


@shared_task(name="meters.forecast_day")
def forecast_day(*, campus_id: int, day: str, at: str, run_id: int) -> None:
    """What each room will likely use tomorrow."""
    campus = Campus.objects.get(pk=campus_id)
    forecasting.forecast_next_day(campus=campus, day=date.fromisoformat(day))


@shared_task(name="meters.watch_meters")
def watch_meters(*, campus_id: int, day: str, at: str, run_id: int) -> None:
    """Meters that have fallen silent, and meters that seem to be crossed."""
    campus = Campus.objects.get(pk=campus_id)
    readings.watch_meters(campus=campus, day=date.fromisoformat(day), at=datetime.fromisoformat(at))


@shared_task(name="meters.estimate_savings")
def estimate_savings(*, campus_id: int, day: str, at: str, run_id: int) -> None:
    """What each room saved against its baseline, and rooms somebody should look after."""
    campus = Campus.objects.get(pk=campus_id)
    closed, now = date.fromisoformat(day), datetime.fromisoformat(at)
    savings.estimate_day(campus=campus, day=closed, at=now)
    savings.note_welfare(campus=campus, day=closed, at=now)


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


@shared_task(name="meters.advise_day")
def advise_day(*, campus_id: int, day: str, at: str, run_id: int) -> None:
    """One thing to try; a night that is caught up weeks later advises nobody any more."""
    campus, now = Campus.objects.get(pk=campus_id), datetime.fromisoformat(at)
    if clock.now() - now < NEWS_LASTS:
        advice.advise_day(campus=campus, day=date.fromisoformat(day), at=now)


@shared_task(name="meters.forget_hours")
def forget_hours(*, campus_id: int, day: str, at: str, run_id: int) -> None:
    """What nobody needs to know by the hour any more."""
    campus = Campus.objects.get(pk=campus_id)
    readings.forget_hours(campus=campus, day=date.fromisoformat(day))


@shared_task(name="meters.rehearse_term")
def rehearse_term(*, rehearsal_id: int, at: str) -> None:
    """A past term under other terms, for a manager who asked."""
    row = TermRehearsal.objects.select_related("term__campus").filter(pk=rehearsal_id).first()
    if row is not None:
        savings.work_out(rehearsal=row, at=datetime.fromisoformat(at))


def lay_out_months(*, using: str, **_more: object) -> None:
    """After each migrate the meter days of the next years have their tables, on PostgreSQL."""
    before, after = settings.METER_DAY_MONTHS
    months.lay_out(using=using, around=clock.now().date(), before=before, after=after)
