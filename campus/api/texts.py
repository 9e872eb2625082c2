"""Texts of staff and dates, told in the asker's language."""

from collections.abc import Mapping
from datetime import date

from django.utils import formats
from django.utils.translation import get_language

FALLBACK = ("en", "ko", "zh-Hans")


def told(text: Mapping[str, str] | str) -> str:
    """The text in the active language, else in English, else in any language it has."""
    if isinstance(text, str):
        return text
    active = get_language() or "en"
    wanted = "zh-Hans" if active.lower().startswith("zh") else active[:2]
    return next((text[name] for name in (wanted, *FALLBACK) if text.get(name)), "")


def spoken(day: date) -> str:
    """A day as people say it: 21 November 2026, 2026년 11월 21일."""
    # Django's English is American; the surfaces speak British.
    style = "j F Y" if (get_language() or "en").startswith("en") else "DATE_FORMAT"
    return formats.date_format(day, style)
