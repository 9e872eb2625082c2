"""What is refused: a file as a whole, or one row of it."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from campus.errors import CampusError


class FileRefused(CampusError):
    """A file of which nothing can be taken in; its subclasses say why."""

    code, status = "not_readable", 422
    detail = _("The file could not be read.")


class EmptyFile(FileRefused):
    """There is nothing in it."""

    code, detail = "empty", _("The file is empty.")


class NoRows(FileRefused):
    """It has a header and ends."""

    code, detail = "no_rows", _("The file has a header but no readings.")


class NotDecodable(FileRefused):
    """Its bytes are no text of its encoding. Facts: `line`."""

    code = "not_decodable"
    detail = _("Line %(line)s is no text in any encoding we know; say encoding, or save as UTF-8.")


class ContainsNul(FileRefused):
    """It holds NUL bytes, as programs do. Facts: `line`."""

    code = "contains_nul"
    detail = _("Line %(line)s holds bytes that no table has; send the file as it was exported.")


class NotCsv(FileRefused):
    """Its first line is no row of cells."""

    code, detail = "not_csv", _("The file is not a table separated by commas.")


class ZipNoXlsx(FileRefused):
    """An archive of something else than a workbook."""

    code = "zip_not_xlsx"
    detail = _("The file is an archive, not a table; unpack it and send the CSV inside.")


class WorkbookBroken(FileRefused):
    """A workbook that cannot be opened, or that would unpack to far more than it is."""

    code = "workbook_broken"
    detail = _("The workbook cannot be read (%(fault)s); save its sheet as CSV (UTF-8).")


class NotXml(FileRefused):
    """It begins as XML and does not go on so. Facts: `line`, `fault`."""

    code, detail = "not_xml", _("The XML cannot be read at line %(line)s: %(fault)s.")


class NotJson(FileRefused):
    """It begins as JSON and does not go on so. Facts: `line`, `fault`."""

    code, detail = "not_json", _("The JSON cannot be read at line %(line)s: %(fault)s.")


class ProfileWrong(FileRefused):
    """A profile says what no profile can. Facts: `key`, `must`."""

    code, detail = "profile_wrong", _("The profile's “%(key)s” must be %(must)s.")


class EncodingUnclear(FileRefused):
    """Its bytes may be Korean or Chinese."""

    code = "encoding_unclear"
    detail = _("The text may be Korean or Chinese; say encoding: cp949 or gb18030.")


class DecimalUnclear(FileRefused):
    """1,234 may be a thousand or a bit more than one. Facts: `value`."""

    code = "decimal_unclear"
    detail = _("“%(value)s” may be thousands or decimals; say decimal: “.” or “,”.")


class DateOrderUnclear(FileRefused):
    """3/4/2026 may be March or April. Facts: `line`, `value`, `orders` that it may be in."""

    code = "date_order_unclear"
    detail = _(
        "In “%(value)s” (line %(line)s) day, month and year may stand in several orders; say "
        "date_order: dmy, mdy or ymd."
    )


class KindUnclear(FileRefused):
    """The header does not tell what its figures are."""

    code = "kind_unclear"
    detail = _("The header does not tell what is counted; say kind: register, interval or daily.")


class StampUnclear(FileRefused):
    """The header does not tell which end of an interval is stamped."""

    code = "stamp_unclear"
    detail = _("It is not told whether times open or end their interval; say stamp: start or end.")


class TimezoneUnclear(FileRefused):
    """Offsets differ, and no time zone was told whose days are meant. Facts: `value`."""

    code = "timezone_unclear"
    detail = _("The times have several offsets (%(value)s); say timezone, for example Asia/Seoul.")


class ColumnMissing(FileRefused):
    """The header lacks what its kind of readings needs. Facts: `columns`, `header`."""

    code = "column_missing"
    detail = _("These columns are missing from the header: %(columns)s.")


class ColumnTwice(FileRefused):
    """The header names a column twice, so a cell could mean either. Facts: `columns`."""

    code = "column_twice"
    detail = _("The header names these columns twice: %(columns)s.")


class FormatUnknown(FileRefused):
    """The header fits no known kind of readings, or more than one. Facts: `columns`."""

    code = "format_unknown"
    detail = _("No known kind of readings has the header “%(columns)s”.")


class LineTooLong(FileRefused):
    """A line no meter could have written. Facts: `line`."""

    code = "line_too_long"
    detail = _("Line %(line)s is longer than any line of readings.")


class TooLarge(FileRefused):
    """Over the limit of this way in. Facts: `limit_mib`."""

    code, status = "too_large", 413
    detail = _("The file is larger than %(limit_mib)s MiB; send it in parts.")


# A refusal that is a question: the key of a profile that answers it, and what may be said.
QUESTIONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "encoding_unclear": ("encoding", ("cp949", "gb18030")),
    "decimal_unclear": ("decimal", (".", ",")),
    "date_order_unclear": ("date_order", ("dmy", "mdy", "ymd")),
    "kind_unclear": ("kind", ("register", "interval", "daily")),
    "stamp_unclear": ("stamp", ("start", "end")),
    "timezone_unclear": ("timezone", ()),
}


def question(code: str, facts: Mapping[str, object]) -> tuple[str, tuple[str, ...]] | None:
    """The key of a profile that answers a refusal, and what may be said of this file."""
    if code not in QUESTIONS:
        return None
    key, choices = QUESTIONS[code]
    left = str(facts.get("orders", "")).split(", ")
    return key, tuple(choice for choice in choices if choice in left) or choices


REASONS: Mapping[str, type[FileRefused]] = {
    "not_readable": FileRefused,
    **{reason.code: reason for reason in FileRefused.__subclasses__()},
}


# Codes of rows that are no fault: they told what was known.
REPEATS = frozenset({"same_again", "known_already"})


class RowFault(NamedTuple):
    """One row that is not taken in: its physical line (header = 1), a code, what proves it."""

    line: int
    code: str
    facts: dict[str, object]


class RowRefused(Exception):
    """Raised where a cell is read; whoever reads the row knows its line."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


SHOWN = 40


def shown(text: str) -> str:
    """A cell as a report may repeat it: short."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
