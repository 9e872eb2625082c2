"""Reading meters through time: where each served, and what was done to it."""

from django.db.models import Prefetch, Q, QuerySet

from campus.places.models import Residence
from meters.readings.models import Meter, MeterEvent, MeterInstallation


def meters_of(*, residences: QuerySet[Residence]) -> QuerySet[Meter]:
    """Meters that serve or served something in some residences, with their installations."""
    here = Q(installations__room__residence__in=residences) | Q(
        installations__zone__residence__in=residences
    )
    served = MeterInstallation.objects.select_related("room", "zone").order_by("starts_on", "pk")
    rows = Meter.objects.filter(here).distinct().select_related("campus")
    return rows.prefetch_related(Prefetch("installations", served), "channels").order_by("serial")


def events_of_meter(*, meter: Meter) -> list[MeterEvent]:
    """What was done to a meter, or to the one whose place it took, newest first."""
    rows = MeterEvent.objects.filter(Q(meter=meter) | Q(other=meter))
    related = rows.select_related("meter", "other", "room", "zone", "recorded_by", "delivery")
    return list(related.order_by("-happened_at", "-pk"))
