"""The shapes of this room's answers."""

from rest_framework import serializers

from campus.api.texts import told
from campus.places.models import Residence
from points.ledger import queries as ledger
from points.ledger.api import EntryOut
from points.ledger.models import Asset, Code
from points.passbook.models import Objection
from points.passbook.signing import ALGORITHM

LONGEST = 1000  # letters of an objection and of its answer


class StepOut(serializers.Serializer[object]):
    kind = serializers.CharField()
    title = serializers.CharField()
    detail = serializers.CharField()
    facts = serializers.DictField()
    link = serializers.CharField(allow_null=True)


class ObjectionOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    entry_id = serializers.SerializerMethodField()
    text = serializers.CharField()
    state = serializers.ChoiceField(choices=Objection.State.choices)
    asked_at = serializers.DateTimeField()
    answer = serializers.CharField()
    answered_at = serializers.DateTimeField(allow_null=True)

    def get_entry_id(self, objection: Objection) -> str:
        return ledger.told(objection.entry).id


class ObjectionIn(serializers.Serializer[object]):
    text = serializers.CharField(min_length=1, max_length=LONGEST)


class ObjectionsOut(serializers.Serializer[object]):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ObjectionOut(many=True)


class EntryDetailOut(EntryOut):
    trail = StepOut(many=True)
    objection = ObjectionOut(allow_null=True)


class AboutOut(serializers.Serializer[ledger.Entry]):
    """The entry an objection is about, for a manager."""

    id = serializers.CharField()
    asset = serializers.ChoiceField(choices=Asset.choices)
    amount = serializers.IntegerField()
    balance = serializers.IntegerField()
    code = serializers.ChoiceField(choices=Code.choices)
    label = serializers.SerializerMethodField()  # type: ignore[assignment]
    effective_on = serializers.DateField()
    posted_at = serializers.DateTimeField()

    def get_label(self, entry: ledger.Entry) -> str:
        return str(Code(entry.code).label)


class PlaceOut(serializers.Serializer[Residence]):
    uid = serializers.UUIDField()
    name = serializers.SerializerMethodField()

    def get_name(self, residence: Residence) -> str:
        return told(residence.name)


class ManagedObjectionOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    state = serializers.ChoiceField(choices=Objection.State.choices)
    text = serializers.CharField()
    asked_at = serializers.DateTimeField()
    answer = serializers.CharField()
    answered_at = serializers.DateTimeField(allow_null=True)
    nickname = serializers.CharField(allow_null=True)
    room = serializers.CharField(allow_null=True)
    residence = PlaceOut(allow_null=True)
    entry = AboutOut()


class ManagedObjectionsOut(serializers.Serializer[object]):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ManagedObjectionOut(many=True)


class ManagedObjectionDetailOut(ManagedObjectionOut):
    trail = StepOut(many=True)


class AnswerIn(serializers.Serializer[object]):
    text = serializers.CharField(min_length=1, max_length=LONGEST)
    state = serializers.ChoiceField(
        choices=[Objection.State.ACCEPTED.value, Objection.State.DECLINED.value]
    )


class LineOut(serializers.Serializer[object]):
    id = serializers.CharField()
    asset = serializers.ChoiceField(choices=Asset.choices)
    effective_on = serializers.DateField()
    posted_at = serializers.DateTimeField()
    code = serializers.ChoiceField(choices=Code.choices)
    label = serializers.CharField()  # type: ignore[assignment]
    amount = serializers.IntegerField()
    balance = serializers.IntegerField()
    source_text = serializers.CharField()
    revision = serializers.IntegerField()
    reverses = serializers.CharField(allow_null=True)
    corrected_by = serializers.CharField(allow_null=True)


class WalletOut(serializers.Serializer[object]):
    asset = serializers.ChoiceField(choices=Asset.choices)
    opening = serializers.IntegerField()
    closing = serializers.IntegerField()
    given = serializers.IntegerField(help_text="all that came in")
    taken = serializers.IntegerField(help_text="all that went out, positive")
    lines = LineOut(many=True)


class StatementOut(serializers.Serializer[object]):
    campus = serializers.CharField()
    name = serializers.CharField()
    to = serializers.DateField(source="last")
    wallets = WalletOut(many=True)

    def get_fields(self) -> dict[str, serializers.Field[object, object, object, object]]:
        # `from` is a word of Python's own.
        return {"from": serializers.DateField(source="first"), **super().get_fields()}


class PublicKeyOut(serializers.Serializer[object]):
    key_id = serializers.CharField()
    algorithm = serializers.ChoiceField(choices=[ALGORITHM])
    public_key = serializers.CharField(help_text="32 bytes in base64")
    in_use = serializers.BooleanField(help_text="whether new exports are signed by it")


class PublicKeysOut(serializers.Serializer[object]):
    keys = PublicKeyOut(many=True)
