"""Texts of staff in the asker's language."""

from typing import Any

from rest_framework import serializers

from campus.api.texts import told


class Told(serializers.CharField):
    """A text {ko, en, zh-Hans} in the language of the request."""

    def to_representation(self, value: Any) -> str:
        return told(value)


class CafeOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    name = Told()
