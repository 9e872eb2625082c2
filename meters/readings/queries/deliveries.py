"""Reading what arrived."""

from datetime import date

from django.db.models import Case, F, JSONField, QuerySet, When

from campus.people import queries as people
from campus.people.models import User
from campus.places.models import Campus
from meters.readings.models import Delivery, MeterDay


def days_told_by(*, delivery: Delivery) -> list[date]:
    """The days of which a delivery told something new, in order."""
    rows = MeterDay.objects.filter(delivery_id=delivery.pk).order_by("day")
    return list(rows.values_list("day", flat=True).distinct())


def deliveries(*, campus: Campus) -> QuerySet[Delivery]:
    """
    Every delivery of a campus, newest first.

    `refusal` holds the report of a refused one (a single entry), so that a list need not load the
    reports of all.
    """
    refused = When(state=Delivery.State.REFUSED, then=F("report"))
    refusal = Case(refused, default=None, output_field=JSONField())
    return Delivery.objects.filter(campus=campus).annotate(refusal=refusal).order_by("-pk")


def deliveries_for(*, manager: User) -> QuerySet[Delivery]:
    """The deliveries of the campuses where a user manages a residence."""
    managed = people.managed_residences(user=manager)
    return Delivery.objects.filter(campus__in=managed.values("campus"))
