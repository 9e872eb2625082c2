"""The words for each code that a delivery's report, a refusal or an issue carries."""

from collections.abc import Mapping

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campus.errors import Words
from meters.readings.refusals import REASONS

ROW_FAULTS: Mapping[str, Words] = {
    "columns_wrong": _("The row has %(cells)s cells, the header has %(columns)s."),
    "quotes_wrong": _("The quotation marks of this row do not match."),
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
    "known_already": _("An earlier delivery told the same."),
}

ISSUES: Mapping[str, Words] = {
    "two_values": _("Meter %(meter)s told different values for %(day)s: %(kwh)s kWh."),
    "hours_missing": _("Meter %(meter)s told %(known)s of %(hours)s hours of %(day)s."),
    "register_went_back": _(
        "The register of meter %(meter)s went back on %(day)s, from %(from)s to %(to)s kWh."
    ),
    "register_rolled_over": _(
        "The register of meter %(meter)s rolled over on %(day)s, from %(from)s to %(to)s kWh."
    ),
}

_REASONS: Mapping[str, Words] = {code: reason.detail for code, reason in REASONS.items()}
UNKNOWN: Words = _("Something is wrong here: %(code)s.")


class _Facts(dict[str, object]):
    """Facts that a text may ask for without failing: what is unknown is shown as a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


def _told(words: Mapping[str, Words], code: str, facts: Mapping[str, object]) -> str:
    return str(words.get(code, UNKNOWN)) % _Facts({"code": code, **facts})


def file_reason(*, code: str, facts: Mapping[str, object]) -> str:
    """Why a file was refused, in the active language; empty for a file that was not."""
    return _told(_REASONS, code, facts) if code else ""


def row_fault(*, code: str, facts: Mapping[str, object]) -> str:
    """What is wrong with a row, in the active language."""
    return _told({**_REASONS, **ROW_FAULTS}, code, facts)


def issue(*, code: str, facts: Mapping[str, object]) -> str:
    """What was found about the quality of data, in the active language."""
    return _told(ISSUES, code, facts)


def more_rows(*, count: int) -> str:
    """That a report lists only its first lines."""
    return _now("%(count)s more rows are not listed.") % {"count": count}
