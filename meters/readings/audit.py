"""Acts on meters and readings, as this room keeps them."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from campus.audit.sources import Source, Words
from campus.places.models import Residence
from meters.readings.models import (
    Correction,
    DayEdit,
    Delivery,
    DeviceKey,
    MeterEvent,
    Outage,
    SourceProfile,
    SwitchOff,
)

EVENTS: dict[str, Words] = {
    MeterEvent.Kind.INSTALLED: _("Installed meter %(serial)s"),
    MeterEvent.Kind.EXCHANGED: _("Exchanged meter %(serial)s"),
    MeterEvent.Kind.RESET: _("Told that the register of meter %(serial)s was reset"),
    MeterEvent.Kind.REMOVED: _("Removed meter %(serial)s"),
    MeterEvent.Kind.UNCROSSED: _("Put the crossed wires of meter %(serial)s right"),
}


def _event(kind: str, says: Words) -> Source:
    def rows(home: Residence) -> QuerySet[MeterEvent]:
        here = Q(room__residence=home) | Q(zone__residence=home)
        return MeterEvent.objects.filter(here, kind=kind)

    return Source(
        code=f"meters.{kind.lower()}",
        says=says,
        rows=rows,
        by="recorded_by",
        at="recorded_at",
        facts={"serial": "meter__serial"},
    )


SOURCES = [
    Source(
        code="meters.day_edited",
        says=_("Said what room %(room)s used on %(day)s: %(reason)s"),
        rows=lambda home: DayEdit.objects.filter(room__residence=home),
        by="edited_by",
        at="edited_at",
        facts={"room": "room__number", "day": "day", "reason": "reason"},
    ),
    Source(
        code="meters.correction_accepted",
        says=_("Accepted the correction of room %(room)s on %(day)s"),
        rows=lambda home: Correction.objects.filter(room__residence=home, state="ACCEPTED"),
        by="decided_by",
        at="decided_at",
        facts={"room": "room__number", "day": "day"},
    ),
    Source(
        code="meters.correction_declined",
        says=_("Declined the correction of room %(room)s on %(day)s"),
        rows=lambda home: Correction.objects.filter(room__residence=home, state="DECLINED"),
        by="decided_by",
        at="decided_at",
        facts={"room": "room__number", "day": "day"},
    ),
    Source(
        code="meters.delivery",
        says=_("Handed in the file %(name)s"),
        rows=lambda home: Delivery.objects.filter(campus_id=home.campus_id),
        by="received_by",
        at="received_at",
        facts={"name": "name"},
    ),
    *(_event(kind, says) for kind, says in EVENTS.items()),
    Source(
        code="meters.key",
        says=_("Issued the gateway key %(name)s"),
        rows=lambda home: DeviceKey.objects.filter(campus_id=home.campus_id),
        by="issued_by",
        at="issued_at",
        facts={"name": "name"},
    ),
    Source(
        code="meters.outage",
        says=_("Told of a power failure on %(day)s"),
        rows=lambda home: Outage.objects.filter(residence=home),
        by="told_by",
        at="found_at",
        facts={"day": "day"},
    ),
    Source(
        code="meters.profile",
        says=_("Settled how files of %(name)s are read"),
        rows=lambda home: SourceProfile.objects.filter(campus_id=home.campus_id),
        by="changed_by",
        at="changed_at",
        facts={"name": "name"},
    ),
    Source(
        code="meters.switch_off",
        says=_("Planned a switch-off test of room %(room)s"),
        rows=lambda home: SwitchOff.objects.filter(room__residence=home),
        by="planned_by",
        at="planned_at",
        facts={"room": "room__number"},
    ),
]
