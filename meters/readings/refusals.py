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
    """Its bytes are no UTF-8 text."""

    code, detail = "not_decodable", _("The file is not text in UTF-8; save it as CSV (UTF-8).")


class ContainsNul(FileRefused):
    """It holds NUL bytes, as UTF-16 and programs do."""

    code = "contains_nul"
    detail = _("The file holds bytes that no CSV has; save it as CSV (UTF-8).")


class NotCsv(FileRefused):
    """Its first line is no row of cells."""

    code, detail = "not_csv", _("The file is not a table separated by commas.")


class ZipNoXlsx(FileRefused):
    """An archive of something else than a workbook."""

    code = "zip_not_xlsx"
    detail = _("The file is an archive, not a table; unpack it and send the CSV inside.")


class XlsxNotRead(FileRefused):
    """A workbook; only CSV is read."""

    code, detail = "xlsx_not_read", _("XLSX is not read; save the table as CSV (UTF-8).")


class ColumnMissing(FileRefused):
    """The header lacks what its kind of readings needs. Facts: `columns`."""

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
