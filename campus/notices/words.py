"""Putting a notice into words, in the language that is active now."""

import re
from collections.abc import Mapping
from datetime import date

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campus import units
from campus.api.texts import told as in_language
from campus.notices.kinds import Kind
from campus.notices.models import Notice
from campus.places.models import Campus

NO_BREAK = "\u00a0"
SYMBOLS = {"KRW": "₩", "CNY": "¥", "JPY": "¥", "USD": "$", "EUR": "€", "GBP": "£"}
NAMED = re.compile(r"%\((\w+)\)s")


def title(notice: Notice, *, kind: Kind) -> str:
    """The headline of a notice."""
    return str(kind.title) % shown(notice)


def text(notice: Notice, *, kind: Kind) -> str:
    """The sentences of a notice whose params are all known."""
    values = shown(notice)
    return _between_sentences().join(
        str(sentence) % values
        for sentence in kind.sentences
        if set(NAMED.findall(str(sentence))) <= set(values)
    )


def _between_sentences() -> str:
    return "" if str(get_language()).startswith("zh") else " "


def link(notice: Notice, *, kind: Kind) -> str:
    """Where a notice leads; empty if nowhere."""
    return str(kind.link % notice.params)


def shown(notice: Notice) -> Mapping[str, str]:
    """The params of a notice as a reader writes them; unknown ones (None) are absent."""
    told = {name: value for name, value in notice.params.items() if value is not None}
    return {name: written(name, value, notice.campus) for name, value in told.items()}


def written(name: str, value: object, campus: Campus) -> str:
    """A figure by the end of its name: `_wh`, `_w`, `_minor`, `day` or `_on`; else as it is."""
    if isinstance(value, Mapping):  # words that staff entered
        return in_language(value)
    if name.endswith("_wh"):
        return energy(int(str(value)))
    if name.endswith("_w"):
        return f"{value}{NO_BREAK}W"
    if name.endswith("_minor"):
        return money(int(str(value)), campus=campus)
    if name == "day" or name.endswith("_on"):
        return day_text(date.fromisoformat(str(value)))
    return str(value)


def energy(wh: int) -> str:
    """Watt-hours as "3.4 kWh"."""
    digits = 2 if 5 <= abs(wh) < 1000 else 1
    return f"{units.kwh(wh):.{digits}f}{NO_BREAK}kWh"


def money(minor: int, *, campus: Campus) -> str:
    """An amount in the currency of a campus."""
    amount = f"{units.major(minor, digits=campus.minor_digits):,.{campus.minor_digits}f}"
    return f"{SYMBOLS.get(campus.currency, campus.currency + NO_BREAK)}{amount}"


def day_text(day: date) -> str:
    """A day without its year, as the active language writes it."""
    if str(get_language()).startswith("en"):
        return formats.date_format(day, "j F")
    return _("%(month)s/%(day)s") % {"month": day.month, "day": day.day}
