"""
How the files of one source are to be read: a JSON document in which every key is optional.

What it does not say is recognised from the words of the header and from the content; what cannot
be recognised is asked for by the name of the key. Pure.
"""

import codecs
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from meters.readings.refusals import ProfileWrong
from meters.readings.row import A_KWH, Kind

ROLES = (
    "meter", "stamp", "start", "end", "value", "unit", "multiplier", "ct_ratio", "event",
    "quality", "revision", "balance",
)  # fmt: skip
STAMPS = ("start", "end", "instant", "day")
ORDERS = ("ymd", "dmy", "mdy")
# Units of energy, in the units that amounts are counted in.
UNITS: Mapping[str, int] = {
    "kWh": A_KWH,
    "Wh": A_KWH // 1000,
    "MWh": A_KWH * 1000,
    "kJ": A_KWH // 3600,
    "MJ": A_KWH // 36 * 10,
    "GJ": A_KWH // 36 * 10_000,
}
MOST_TEXT = 80
LARGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Profile:
    """What somebody who knows the source has said; None is left to be recognised."""

    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    thousands: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    kind: Kind | None = None
    stamp: str | None = None
    unit: str | None = None
    multiplier: Decimal = Decimal(1)
    digits: int | None = None
    decimals: int | None = None
    timezone: str | None = None
    date_order: str | None = None
    failed: tuple[str, ...] = ()
    meter: str | None = None

    @property
    def zone(self) -> ZoneInfo | None:
        return ZoneInfo(self.timezone) if self.timezone else None

    def with_answers(self, *, timezone: str | None = None, digits: int | None = None) -> "Profile":
        """The same, with what a command line says besides."""
        said = of({"timezone": timezone, "digits": digits})
        return replace(
            self, timezone=said.timezone or self.timezone, digits=said.digits or self.digits
        )


def of(document: object) -> Profile:
    """
    The profile that a JSON document describes; null is the same as absent.

    :raises ProfileWrong: with the key and what it must be
    """
    if not isinstance(document, dict):
        raise ProfileWrong(key="{}", must="a JSON object")
    said = {str(key): value for key, value in document.items() if value is not None}
    for key in said:
        if key not in _READERS:
            raise ProfileWrong(key=key[:MOST_TEXT], must=", ".join(_READERS))
    return Profile(**{key: _READERS[key](key, value) for key, value in said.items()})


def parsed(text: str) -> dict[str, object]:
    """
    The document that a text of JSON holds, checked.

    :raises ProfileWrong: it is no JSON object, or no profile
    """
    try:
        document = json.loads(text[:LARGEST])
    except (ValueError, RecursionError):
        raise ProfileWrong(key="{}", must="a JSON object") from None
    of(document)
    return {key: value for key, value in document.items() if value is not None}


def unit(text: str) -> str | None:
    """A unit as people write it, by the one name that we use."""
    return _BY_SPELLING.get(text.strip().casefold())


_BY_SPELLING = {name.casefold(): name for name in UNITS} | {"千瓦时": "kWh", "度": "kWh"}
Reader = Callable[[str, Any], Any]


def _text(key: str, value: Any) -> str:
    if not isinstance(value, str) or len(value) > MOST_TEXT:
        raise ProfileWrong(key=key, must=f"a text of up to {MOST_TEXT} letters")
    return value


def _one_of(*choices: str) -> Reader:
    def read(key: str, value: Any) -> str:
        if value not in choices:
            raise ProfileWrong(key=key, must=" | ".join(map(repr, choices)))
        return str(value)

    return read


def _encoding(key: str, value: Any) -> str:
    name = _text(key, value)
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        raise ProfileWrong(key=key, must="utf-8, utf-16, cp949, gb18030, …") from None
    if not found._is_text_encoding:
        raise ProfileWrong(key=key, must="utf-8, utf-16, cp949, gb18030, …")
    return found.name


def _letter(key: str, value: Any) -> str:
    if not isinstance(value, str) or len(value) != 1 or value.isalnum() or value in '"\r\n\0-+':
        raise ProfileWrong(key=key, must="one sign")
    return value


def _letter_or_none(key: str, value: Any) -> str:
    return "" if value == "" else _letter(key, value)


def _columns(key: str, value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise ProfileWrong(key=key, must="an object of names of columns")
    for role in value:
        if role not in ROLES:
            raise ProfileWrong(key=f"{key}.{str(role)[:MOST_TEXT]}", must=", ".join(ROLES))
    return {role: _text(f"{key}.{role}", name) for role, name in value.items() if name}


def _kind(key: str, value: Any) -> Kind:
    return Kind(_one_of(*Kind)(key, value))


def _unit(key: str, value: Any) -> str:
    found = unit(_text(key, value))
    if found is None:
        raise ProfileWrong(key=key, must=" | ".join(UNITS))
    return found


def _number(key: str, value: Any) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal(0)
    if not (number.is_finite() and Decimal("0.000001") <= number <= 1_000_000):
        raise ProfileWrong(key=key, must="a number above 0")
    return number


def _count(most: int) -> Reader:
    def read(key: str, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
            raise ProfileWrong(key=key, must=f"a whole number up to {most}")
        return value

    return read


def _timezone(key: str, value: Any) -> str:
    name = _text(key, value)
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ProfileWrong(key=key, must="a time zone such as Asia/Seoul") from None
    return name


def _failed(key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ProfileWrong(key=key, must="a list of texts")
    return tuple(_text(key, mark) for mark in value)


_READERS: Mapping[str, Reader] = {
    "encoding": _encoding,
    "delimiter": _letter,
    "decimal": _one_of(".", ","),
    "thousands": _letter_or_none,
    "columns": _columns,
    "kind": _kind,
    "stamp": _one_of(*STAMPS),
    "unit": _unit,
    "multiplier": _number,
    "digits": _count(9),
    "decimals": _count(6),
    "timezone": _timezone,
    "date_order": _one_of(*ORDERS),
    "failed": _failed,
    "meter": _text,
}
