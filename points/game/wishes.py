"""What the client may ask for: the form of each action, and the action that it means."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from points.game.operations import Wish, fingerprint
from points.game.rules import book as rules_book
from points.game.rules.actions import Action
from points.game.rules.state import CAMPUS, VISIBILITIES, Spot

# What each type needs beyond its id.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "buy": ("item", "currency"),
    "place": ("instance", "x", "y"),
    "move": ("instance", "x", "y"),
    "store": ("instance",),
    "return": ("instance",),
    "upgrade": ("instance",),
    "unlock_parcel": ("parcel",),
    "collect": ("drops",),
    "rename": ("name",),
    "visibility": ("visibility",),
    "layout_save": ("slot", "name"),
    "layout_load": ("slot",),
    "water": ("owner", "instance"),
    "donate": ("amount",),
}
FAR = 10**9


class _Cell(serializers.IntegerField):
    """A coordinate; far ones are out of bounds, not malformed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=-FAR, max_value=FAR, **options)


class SpotIn(serializers.Serializer[object]):
    x = _Cell()
    y = _Cell()
    rot = _Cell(default=0)
    space = serializers.CharField(max_length=36, default=CAMPUS)


class DropsField(serializers.JSONField):
    """`"all"`, or a list of drop ids."""

    def to_internal_value(self, data: object) -> Any:
        if data == "all":
            return None
        ids = serializers.ListField(child=serializers.UUIDField(), max_length=500)
        return tuple(str(one) for one in ids.run_validation(data))


@extend_schema_serializer(component_name="GameAction")
class ActionIn(serializers.Serializer[object]):
    """One wish; which fields it needs depends on its type."""

    id = serializers.UUIDField()
    type = serializers.ChoiceField(choices=list(FIELDS))
    item = serializers.CharField(max_length=32, required=False)
    currency = serializers.CharField(max_length=3, required=False)
    place = SpotIn(required=False, allow_null=True)
    instance = serializers.UUIDField(required=False)
    x = _Cell(required=False)
    y = _Cell(required=False)
    rot = _Cell(required=False)
    space = serializers.CharField(max_length=36, required=False)
    parcel = _Cell(required=False)
    drops = DropsField(required=False)
    name = serializers.CharField(max_length=200, required=False, trim_whitespace=False)
    owner = serializers.UUIDField(required=False)
    amount = _Cell(required=False)
    slot = _Cell(required=False)
    visibility = serializers.ChoiceField(choices=list(VISIBILITIES), required=False)
    preview = serializers.BooleanField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        missing = [name for name in FIELDS[attrs["type"]] if name not in attrs]
        if missing:
            raise serializers.ValidationError(
                {name: _("This action needs this field.") for name in missing}
            )
        return attrs


class BatchIn(serializers.Serializer[object]):
    """An ordered batch of actions."""

    base_version = serializers.IntegerField(min_value=0)
    rules_version = serializers.CharField(max_length=32)
    actions = serializers.ListField(
        child=ActionIn(), allow_empty=False, max_length=rules_book.current().batch.max_actions
    )


def wish_of(*, sent: Mapping[str, Any]) -> Wish:
    """The action that a validated row means, with the fingerprint of the row."""
    action = Action(
        id=str(sent["id"]),
        type=sent["type"],
        item=sent.get("item", ""),
        currency=sent.get("currency", ""),
        instance=str(sent.get("instance", "")),
        spot=_spot(sent),
        parcel=sent.get("parcel", -1),
        drops=sent.get("drops"),
        name=sent.get("name", ""),
        owner=str(sent.get("owner", "")),
        amount=sent.get("amount", 0),
        slot=sent.get("slot", -1),
        visibility=sent.get("visibility", ""),
        preview=sent.get("preview", False),
    )
    return Wish(action=action, fingerprint=fingerprint(sent=sent))


def _spot(sent: Mapping[str, Any]) -> Spot | None:
    row = sent.get("place") if sent["type"] == "buy" else sent
    if not row or "x" not in row:
        return None
    return Spot(row["x"], row["y"], row.get("rot", 0), row.get("space", CAMPUS))
