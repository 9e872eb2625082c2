"""Cells that hold an amount of energy, as people and programs of many places write it. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from meters.readings.refusals import DecimalUnclear, RowRefused, shown
from meters.readings.row import A_KWH

LONGEST = 32
MOST_USED_KWH = 1_000_000
MOST_COUNTED_KWH = 1_000_000_000
# What meters, gateways and people write where nothing was read; never a zero.
FAILED = frozenset(
    [
        "--",
        "-",
        "---",
        "----",
        "n/a",
        "na",
        "#n/a",
        "nan",
        "null",
        "none",
        "nil",
        "err",
        "error",
        "fail",
        "failed",
        "x",
        "*",
        "?",
        "…",
        "결측",
        "오류",
        "실패",
        "검침실패",
        "통신불량",
        "미검침",
        "无",
        "失败",
        "异常",
        "离线",
        "抄表失败",
    ]
)
# ASCII digits only; an exponent, because programs write 0.00001 as 1e-05.
_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?", re.ASCII)
_SPACES = re.compile(r"(?<=[0-9])[ \u00a0\u202f'’](?=[0-9]{3}(?:[^0-9]|$))")
_GROUPED = {
    ",": re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?", re.ASCII),
    ".": re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]*)?", re.ASCII),
}


@dataclass(frozen=True, slots=True)
class Numbers:
    """How a column writes its numbers: which sign parts the decimals, which the thousands."""

    decimal: str = "."
    thousands: str = ""

    def read(self, text: str) -> Decimal:
        """
        A cell as a number.

        :raises RowRefused: no_value, failed_read, not_a_number (NaN and infinity too)
        """
        if _PLAIN.fullmatch(text) and len(text) <= LONGEST and self.decimal == ".":
            return Decimal(text)
        return Decimal(self._plain(text))

    def _plain(self, text: str) -> str:
        if not text:
            raise RowRefused("no_value")
        plain = _SPACES.sub("", text)
        if self.thousands and self.thousands in plain:
            grouped = _GROUPED.get(self.thousands)
            if grouped and not grouped.fullmatch(plain):
                raise RowRefused("not_a_number", value=shown(text))
            plain = plain.replace(self.thousands, "")
        if self.decimal == ",":
            plain = plain.replace(".", "?").replace(",", ".")
        if len(plain) > LONGEST or not _PLAIN.fullmatch(plain):
            raise RowRefused("not_a_number", value=shown(text))
        return plain


@lru_cache(maxsize=64)
def failed_marks(more: tuple[str, ...]) -> frozenset[str]:
    """The marks of a failed reading, with those that a profile adds."""
    return FAILED | {mark.strip().casefold() for mark in more}


def amount(value: Decimal, *, factor: Decimal, most_kwh: int, text: str) -> int:
    """
    A number times its factor, in the units of `row.A_KWH`, halves away from zero.

    :raises RowRefused: negative, too_large_value
    """
    if value < 0:
        raise RowRefused("negative", value=shown(text))
    product = value * factor
    if product > most_kwh * A_KWH:
        raise RowRefused("too_large_value", value=shown(text))
    return int(product.to_integral_value(ROUND_HALF_UP))


def wh(text: str, *, most_kwh: int) -> int:
    """
    A cell of kWh as whole Wh, halves away from zero.

    :raises RowRefused: no_value, not_a_number, negative, too_large_value
    """
    value = Numbers().read(text)
    return round_wh(amount(value, factor=Decimal(A_KWH), most_kwh=most_kwh, text=text))


def round_wh(units: int) -> int:
    """Units of `row.A_KWH` as whole Wh, halves up."""
    a_wh = A_KWH // 1000
    return (units + a_wh // 2) // a_wh


def recognise(texts: Iterable[str], *, delimiter: str) -> Numbers:
    """
    How a column writes its numbers, from some of its cells.

    :raises DecimalUnclear: 1,234 may be a thousand or a bit more than one
    """
    plain = [_SPACES.sub("", text) for text in texts]
    commas = [text for text in plain if "," in text]
    if not commas:
        return _recognise_points(plain)
    if any("." in text for text in commas):
        both = next(text for text in commas if "." in text)
        return Numbers(".", ",") if both.rindex(".") > both.rindex(",") else Numbers(",", ".")
    if not all(_GROUPED[","].fullmatch(text) for text in commas):
        return Numbers(",", ".")
    if (
        delimiter == ","
        or any("." in text for text in plain)
        or any(text.count(",") > 1 for text in commas)
    ):
        return Numbers(".", ",")
    if any(text.lstrip("+-").startswith("0,") for text in commas):
        return Numbers(",", ".")
    raise DecimalUnclear(value=shown(commas[0]), line=1)


def _recognise_points(plain: list[str]) -> Numbers:
    """No comma anywhere; only 1.234.567 says that a point parts thousands."""
    grouped = any(text.count(".") > 1 and _GROUPED["."].fullmatch(text) for text in plain)
    return Numbers(",", ".") if grouped else Numbers(".", "")
