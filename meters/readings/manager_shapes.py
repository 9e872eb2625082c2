"""The shapes of a manager's questions about meters and days, and of the answers."""

from decimal import Decimal

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from campus.places.models import Room, Zone
from meters.readings.models import (
    Channel,
    DayEdit,
    Meter,
    MeterEvent,
    MeterInstallation,
    Status,
    Suspicion,
    SwitchOff,
)
from meters.readings.shapes import FindingOut


class Kwh(serializers.DecimalField):
    """Kilowatt-hours as people write them; inside they are whole Wh."""

    def __init__(self, **told: object) -> None:
        bounds = {"max_digits": 13, "decimal_places": 3, "min_value": Decimal(0)}
        super().__init__(**{**bounds, **told})  # type: ignore[arg-type]


def wh_of(told: Decimal | None) -> int | None:
    """The field's value in Wh."""
    return None if told is None else int(told.scaleb(3))


class DeviceIn(serializers.Serializer[object]):
    """A meter as it is named on the spot."""

    serial = serializers.CharField(max_length=64)
    digits = serializers.IntegerField(min_value=3, max_value=12, default=6)
    breaker_amps = serializers.IntegerField(min_value=1, max_value=400, default=16)


class EventIn(serializers.Serializer[object]):
    """When something was done, and a word about it."""

    at = serializers.DateTimeField()
    note = serializers.CharField(max_length=200, allow_blank=True, default="")


class InstallIn(DeviceIn, EventIn):
    """A meter begins to serve a room or an area."""

    place = serializers.UUIDField(help_text="uid of a room or a zone of the residence")
    flows = serializers.MultipleChoiceField(
        choices=Channel.Flow.choices, default={str(Channel.Flow.IMPORT)}
    )
    initial_kwh = Kwh(allow_null=True, default=None)


class ExchangeIn(DeviceIn, EventIn):
    """A meter takes the place of another."""

    final_kwh = Kwh(allow_null=True, default=None)
    initial_kwh = Kwh(allow_null=True, default=None)


class ResetIn(EventIn):
    """A register was set back."""

    final_kwh = Kwh()
    initial_kwh = Kwh(default=Decimal(0))


class RemoveIn(EventIn):
    """A meter is taken away."""

    final_kwh = Kwh(allow_null=True, default=None)


def place_name(place: Room | Zone | None) -> str:
    """A room by its number, an area by its code."""
    if place is None:
        return ""
    return place.number if isinstance(place, Room) else place.code


class ServedOut(serializers.Serializer[MeterInstallation]):
    """The days in which a meter served a place."""

    place = serializers.SerializerMethodField()
    kind = serializers.SerializerMethodField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)

    def get_place(self, row: MeterInstallation) -> str:
        return place_name(row.room or row.zone)

    def get_kind(self, row: MeterInstallation) -> str:
        return row.zone.kind if row.zone else "ROOM"


class MeterRowOut(serializers.Serializer[Meter]):
    """A meter in the list."""

    uid = serializers.UUIDField()
    serial = serializers.CharField()
    digits = serializers.IntegerField()
    breaker_amps = serializers.IntegerField()
    simulated = serializers.BooleanField()
    flows = serializers.SerializerMethodField()
    served = ServedOut(many=True, source="installations.all")
    silent_since = serializers.SerializerMethodField()

    @extend_schema_field(
        serializers.ListField(child=serializers.ChoiceField(choices=Channel.Flow.choices))
    )
    def get_flows(self, meter: Meter) -> list[str]:
        return sorted(channel.flow for channel in meter.channels.all())

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_silent_since(self, meter: Meter) -> str | None:
        found = self.context["silent"].get(meter.pk)
        return found.since.isoformat() if found else None


class PlaceOut(serializers.Serializer[object]):
    """Where a meter may be put."""

    uid = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.CharField()


class MetersOut(serializers.Serializer[object]):
    """The meters of a residence, and the places they may serve."""

    meters = MeterRowOut(many=True)
    places = PlaceOut(many=True)


class MeterEventOut(serializers.Serializer[MeterEvent]):
    """Something that was done to a meter."""

    uid = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=MeterEvent.Kind.choices)
    meter = serializers.CharField(source="meter.serial")
    other = serializers.CharField(source="other.serial", allow_null=True, default=None)
    place = serializers.SerializerMethodField()
    happened_at = serializers.DateTimeField()
    final_wh = serializers.IntegerField(allow_null=True)
    initial_wh = serializers.IntegerField(allow_null=True)
    note = serializers.CharField(allow_blank=True)
    recorded_by = serializers.CharField(source="recorded_by.username", default="")
    recorded_at = serializers.DateTimeField()

    def get_place(self, row: MeterEvent) -> str:
        return place_name(row.room or row.zone)


class MeterHistoryOut(MeterRowOut):
    """A meter with everything that was done to it."""

    events = serializers.SerializerMethodField()

    @extend_schema_field(MeterEventOut(many=True))
    def get_events(self, meter: Meter) -> list[dict[str, object]]:
        return list(MeterEventOut(self.context["events"], many=True).data)


class DayEditIn(serializers.Serializer[object]):
    """What a room used on a day, as a person says; null takes that back."""

    day = serializers.DateField()
    kwh = Kwh(allow_null=True)
    reason = serializers.CharField(max_length=200)


class DayEditOut(serializers.Serializer[DayEdit]):
    """A person's word about a day, beside what stood there before."""

    uid = serializers.UUIDField()
    day = serializers.DateField()
    wh = serializers.IntegerField(allow_null=True)
    old_wh = serializers.IntegerField(allow_null=True)
    old_status = serializers.ChoiceField(choices=Status.choices)
    reason = serializers.CharField()
    edited_by = serializers.CharField(source="edited_by.username", default="")
    edited_at = serializers.DateTimeField()


class SilentOut(serializers.Serializer[object]):
    """A meter that has told nothing for two days or longer."""

    serial = serializers.CharField()
    room = serializers.CharField(source="room_number", allow_null=True)
    since = serializers.DateField()
    days = serializers.IntegerField()


class SuspicionOut(serializers.Serializer[Suspicion]):
    """Two meters that seem to be crossed."""

    uid = serializers.UUIDField()
    meter = serializers.CharField(source="meter.serial")
    other = serializers.CharField(source="other.serial")
    room = serializers.SerializerMethodField()
    other_room = serializers.SerializerMethodField()
    evidence = serializers.JSONField()
    state = serializers.ChoiceField(choices=Suspicion.State.choices)
    since = serializers.DateField(allow_null=True)
    found_at = serializers.DateTimeField()

    def get_room(self, row: Suspicion) -> str:
        return str(self.context["rooms"].get(row.meter_id, ""))

    def get_other_room(self, row: Suspicion) -> str:
        return str(self.context["rooms"].get(row.other_id, ""))


class SwitchOffOut(serializers.Serializer[SwitchOff]):
    """A planned or judged switch-off."""

    uid = serializers.UUIDField()
    room = serializers.CharField(source="room.number")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    facts = serializers.JSONField()
    judged_at = serializers.DateTimeField(allow_null=True)


class OutageOut(serializers.Serializer[object]):
    """A day of a power failure."""

    day = serializers.DateField()
    facts = serializers.JSONField()
    by_person = serializers.BooleanField()


class WatchOut(serializers.Serializer[object]):
    """What needs a manager's eyes, and is no figure of a single day."""

    day = serializers.DateField(allow_null=True)
    silent = SilentOut(many=True)
    findings = FindingOut(many=True)
    suspicions = SuspicionOut(many=True)
    switch_offs = SwitchOffOut(many=True)
    outages = OutageOut(many=True)
    corrections_waiting = serializers.IntegerField()


class SwitchOffIn(serializers.Serializer[object]):
    """A few minutes in which a room is switched off on purpose."""

    room = serializers.UUIDField()
    starts_at = serializers.DateTimeField()
    minutes = serializers.IntegerField(min_value=5, max_value=60, default=5)


class ConfirmIn(serializers.Serializer[object]):
    """From which day on two meters are exchanged."""

    since = serializers.DateField()
    note = serializers.CharField(max_length=200, allow_blank=True, default="")


class NoteIn(serializers.Serializer[object]):
    """A word about a decision."""

    note = serializers.CharField(max_length=200, allow_blank=True, default="")


class OutageIn(NoteIn):
    """A day of a power failure."""

    day = serializers.DateField()


class OwnMeterOut(serializers.Serializer[object]):
    """The meter of the asker's room; `silent_since` when it has told nothing for two days."""

    serial = serializers.CharField(allow_null=True)
    silent_since = serializers.DateField(allow_null=True)
    days = serializers.IntegerField()
