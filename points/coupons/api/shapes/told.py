"""A café as everybody sees it."""

from rest_framework import serializers

from campus.api.fields import Told


class CafeOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    name = Told()
