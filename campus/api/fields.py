"""Texts of staff: entered in some languages, told in the asker's."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from campus.api.texts import told

LANGUAGES = ("ko", "en", "zh-Hans")


class Told(serializers.CharField):
    """A text {ko, en, zh-Hans} in the language of the request."""

    def to_representation(self, value: Any) -> str:
        return told(value)


class TextsIn(serializers.Serializer[object]):
    """A text that staff enter in the languages they know; English stands in for a missing one."""

    may_be_empty = False
    most = 300

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {
            name: serializers.CharField(required=False, allow_blank=True, max_length=self.most)
            for name in LANGUAGES
        }

    def validate(self, attrs: dict[str, str]) -> dict[str, str]:
        said = {name: text for name, text in attrs.items() if text}
        if not said and not self.may_be_empty:
            raise serializers.ValidationError(_("Enter it in one language at least."), "required")
        return said


class WordsIn(TextsIn):
    """A text that may also be left empty."""

    may_be_empty = True
