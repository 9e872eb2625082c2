"""The words for each code that a delivery's report, a refusal or an issue carries."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

FILE_REASONS: Mapping[str, Promise] = {
    "empty": _("The file is empty."),
    "no_rows": _("The file has a header but no readings."),
    "not_decodable": _("The file is not text in UTF-8; save it as CSV (UTF-8)."),
    "contains_nul": _("The file holds bytes that no text has; save it as CSV (UTF-8)."),
    "not_csv": _("The file is not a table separated by commas."),
    "zip_not_xlsx": _("The file is an archive, not a table; unpack it and send the CSV inside."),
    "xlsx_not_read": _("XLSX is not read yet; save the table as CSV (UTF-8)."),
    "column_missing": _("These columns are missing from the header: %(columns)s."),
    "column_twice": _("This column stands twice in the header: %(columns)s."),
    "format_unknown": _("No known kind of readings has this header: %(columns)s."),
    "line_too_long": _("Line %(line)s is longer than any line of readings."),
    "too_large": _("The file is larger than %(limit_mib)s MiB; send it in parts."),
    "not_readable": _("The file could not be read."),
}

ROW_FAULTS: Mapping[str, Promise] = {
    "columns_wrong": _("The row has %(cells)s cells, the header has %(columns)s."),
    "quote_open": _("A quotation mark is opened and never closed."),
    "no_meter": _("The row names no meter."),
    "unknown_meter": _("This campus has no meter “%(meter)s”."),
    "not_installed": _("Meter %(meter)s serves no room on %(day)s."),
    "no_value": _("The row has no value; a missing reading is left missing."),
    "not_a_number": _("“%(value)s” is not a number."),
    "negative": _("%(value)s is negative."),
    "too_large_value": _("%(value)s kWh is more than any meter counts."),
    "bad_date": _("“%(value)s” is not a date written year-month-day."),
    "bad_time": _("“%(value)s” is not a time written year-month-day hour:minute."),
    "not_on_the_hour": _("“%(value)s” is not the start of an hour."),
    "no_such_hour": _("%(value)s does not exist: clocks were put forward."),
    "hour_ambiguous": _("%(value)s happened twice that day, and the file does not tell which."),
    "future": _("“%(value)s” was not over yet when the file arrived."),
    "two_values": _("The same time has different values (lines %(lines)s); all are held."),
    "same_again": _("The row repeats line %(first)s."),
}

ISSUES: Mapping[str, Promise] = {
    "two_values": _("Meter %(meter)s told different values for %(day)s: %(kwh)s kWh."),
    "hours_missing": _("Meter %(meter)s told %(known)s of %(hours)s hours of %(day)s."),
    "register_went_back": _(
        "The register of meter %(meter)s went back on %(day)s, from %(from)s to %(to)s kWh."
    ),
    "register_rolled_over": _(
        "The register of meter %(meter)s rolled over on %(day)s, from %(from)s to %(to)s kWh."
    ),
}

UNKNOWN: Promise = _("Something is wrong here: %(code)s.")


class _Facts(dict[str, object]):
    """Facts that a text may ask for without failing: what is unknown is shown as a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


def _told(words: Mapping[str, Promise], code: str, facts: Mapping[str, object]) -> str:
    return str(words.get(code, UNKNOWN)) % _Facts({"code": code, **facts})


def file_reason(*, code: str, facts: Mapping[str, object]) -> str:
    """Why a file was refused, in the active language; empty for a file that was not."""
    return _told(FILE_REASONS, code, facts) if code else ""


def row_fault(*, code: str, facts: Mapping[str, object]) -> str:
    """What is wrong with a row, in the active language."""
    return _told({**FILE_REASONS, **ROW_FAULTS}, code, facts)


def issue(*, code: str, facts: Mapping[str, object]) -> str:
    """What was found about the quality of data, in the active language."""
    return _told(ISSUES, code, facts)


def more_rows(*, count: int) -> str:
    """That a report lists only its first lines."""
    return _now("%(count)s more rows are not listed.") % {"count": count}
