"""The shapes of this room's answers and questions."""

from rest_framework import serializers

from meters.readings.facts import CAUSES, STATUSES, CorrectionFact
from points.corrections.facts import ForPerson, ForRoom, Outcome

STATES = ("WAITING", "ACCEPTED", "DECLINED", "OVERTAKEN")
MOST = 400  # two crossed rooms through a term, and some


class CorrectionOut(serializers.Serializer[CorrectionFact]):
    """A final day that is told otherwise."""

    uid = serializers.UUIDField()
    room = serializers.CharField(source="room_number")
    room_uid = serializers.UUIDField()
    day = serializers.DateField()
    cause = serializers.ChoiceField(choices=CAUSES)
    old_wh = serializers.IntegerField(allow_null=True)
    old_status = serializers.ChoiceField(choices=STATUSES)
    new_wh = serializers.IntegerField(allow_null=True)
    new_status = serializers.ChoiceField(choices=STATUSES)
    state = serializers.ChoiceField(choices=STATES)
    found_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    decided_by = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)


class CorrectionsOut(serializers.Serializer[object]):
    """Those that wait, and those that were decided last."""

    waiting = CorrectionOut(many=True)
    decided = CorrectionOut(many=True)


class ForRoomOut(serializers.Serializer[ForRoom]):
    """What a room gains or loses."""

    room = serializers.CharField(source="room_number")
    used_before = serializers.IntegerField()
    used_after = serializers.IntegerField()
    saved_before = serializers.IntegerField()
    saved_after = serializers.IntegerField()
    booked_before = serializers.IntegerField()
    booked_after = serializers.IntegerField()
    landlord = serializers.IntegerField()


class ForPersonOut(serializers.Serializer[ForPerson]):
    """What a resident gains or loses."""

    room = serializers.CharField(source="room_number")
    nickname = serializers.CharField(allow_blank=True)
    amount = serializers.IntegerField()
    cp = serializers.IntegerField()
    sun = serializers.IntegerField()


class OutcomeOut(serializers.Serializer[Outcome]):
    """Who gains and who loses."""

    corrections = CorrectionOut(many=True)
    rooms = ForRoomOut(many=True)
    people = ForPersonOut(many=True)
    currency = serializers.CharField()
    minor_digits = serializers.IntegerField()


class ChosenIn(serializers.Serializer[object]):
    """Corrections that are looked at, or decided, together."""

    uids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MOST)


class DecisionIn(ChosenIn):
    """A decision with a word about it."""

    note = serializers.CharField(max_length=200, allow_blank=True, default="")


class DecidedOut(serializers.Serializer[object]):
    """The nights that are closed again because of it."""

    days = serializers.ListField(child=serializers.DateField())
