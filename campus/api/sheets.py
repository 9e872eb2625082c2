"""Tables that people open in a spreadsheet: UTF-8 with BOM, and no cell that could be a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

MEDIA_TYPE = "text/csv; charset=utf-8"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BOM = "\ufeff"  # without it Excel takes UTF-8 for the code page of its country


def sheet(*, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The table as a CSV file. Numbers stay numbers; texts that begin like a formula are quoted."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([cell(heading) for heading in headings])
    writer.writerows([cell(value) for value in row] for row in rows)
    return (_BOM + text.getvalue()).encode()


def cell(value: object) -> object:
    """A value as it may stand in a cell; None is empty."""
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
