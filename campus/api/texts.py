"""Texts that staff entered in three languages, told in the asker's."""

from collections.abc import Mapping

from django.utils.translation import get_language

FALLBACK = ("en", "ko", "zh-Hans")


def told(text: Mapping[str, str] | str) -> str:
    """The text in the active language, else in English, else in any language it has."""
    if isinstance(text, str):
        return text
    active = get_language() or "en"
    wanted = "zh-Hans" if active.lower().startswith("zh") else active[:2]
    return next((text[name] for name in (wanted, *FALLBACK) if text.get(name)), "")
