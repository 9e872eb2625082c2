"""The words for each code that a delivery's report, a refusal or an issue carries."""

import re
from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campus.api.texts import spoken
from campus.errors import Words
from meters.readings.refusals import REASONS

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

ROW_FAULTS: Mapping[str, Words] = {
    "columns_wrong": _("The row has %(cells)s cells, the header has %(columns)s."),
    "quotes_wrong": _("The quotation marks of this row do not match."),
    "no_meter": _("The row names no meter."),
    "unknown_meter": _("This campus has no meter “%(meter)s”."),
    "not_installed": _("Meter %(meter)s serves no room on %(day)s."),
    "no_value": _("The row has no value; a missing reading is left missing."),
    "failed_read": _("“%(value)s” marks a reading that failed; it is no zero."),
    "not_a_number": _("“%(value)s” is not a number."),
    "negative": _("%(value)s is negative."),
    "too_large_value": _("%(value)s kWh is more than any meter counts."),
    "more_digits": _("%(value)s has more places than a register of %(digits)s digits shows."),
    "unit_unknown": _("“%(value)s” is no unit of energy we know."),
    "multiplier_wrong": _("“%(value)s” is no multiplier."),
    "unknown_channel": _("Meter %(meter)s has no channel “%(channel)s” here."),
    "channel_unknown": _("“%(value)s” is no channel: say import or export."),
    "quality_unknown": _("“%(value)s” is no quality of NEM12."),
    "interval_wrong": _("“%(value)s” is no interval of the day."),
    "record_unknown": _("“%(value)s” is no record of NEM12."),
    "record_alone": _("A record %(value)s stands without the one it belongs to."),
    "bad_date": _("“%(value)s” is not a date."),
    "bad_time": _("“%(value)s” is not a date with a time."),
    "bad_span": _("From %(value)s is no interval."),
    "interval_odd": _("%(value)s: an interval of %(minutes)s minutes fits no hour of this day."),
    "no_such_hour": _("%(value)s does not exist: clocks were put forward."),
    "hour_ambiguous": _("%(value)s happened twice that day, and the file does not tell which."),
    "future": _("“%(value)s” was not over yet when the file arrived."),
    "two_values": _("The same time has different values (lines %(lines)s); all are held."),
    "same_again": _("The row repeats line %(first)s."),
    "known_already": _("An earlier delivery told the same."),
}

ISSUES: Mapping[str, Words] = {
    "silent": _("Meter %(meter)s has been silent since %(since)s (%(days)s days)."),
    "too_high": _(
        "Meter %(meter)s told %(kwh)s kWh for %(day)s; a breaker of %(amps)s A passes %(most)s."
    ),
    "spike": _(
        "Meter %(meter)s told %(kwh)s kWh for %(day)s; usual is %(usual)s, of %(days)s days."
    ),
    "zero_run": _("Meter %(meter)s counted nothing for %(days)s days although people live there."),
    "sum_differs": _(
        "On %(day)s the hours of meter %(meter)s sum to %(kwh)s kWh, its register to %(register)s."
    ),
    "site_differs": _(
        "On %(day)s the site meter counted %(site)s kWh, the rooms and areas behind it %(sum)s."
    ),
    "unknown_meter": _("This campus has no meter “%(meter)s”."),
    "unit_assumed": _("The file tells no unit; %(unit)s is assumed."),
    "not_energy": _("Readings of meter %(meter)s in %(unit)s are no energy and are left out."),
    "file_cut_off": _("The file ends without its closing record: a part may be missing."),
    "day_incomplete": _("Meter %(meter)s told only a part of %(day)s: %(known_kwh)s kWh."),
    "intervals_overlap": _("Lines %(lines)s tell of the same time of meter %(meter)s."),
    "register_reset": _(
        "The register of meter %(meter)s began again on %(day)s, from %(from)s to %(to)s kWh; "
        "what it counted just before is not known."
    ),
    "exchange_without_final": _(
        "Meter %(meter)s was exchanged on %(day)s, and nobody told what the old one showed last."
    ),
    "exchange_without_initial": _(
        "Meter %(meter)s was exchanged on %(day)s, and nobody told what the new one showed first."
    ),
    "two_values": _("Meter %(meter)s told different values for %(day)s: %(kwh)s kWh."),
    "prolonged_estimate": _(
        "The use of meter %(meter)s has been estimated for more than a week, since %(since)s."
    ),
    "below_nothing": _("Meter %(meter)s told less than nothing for %(day)s."),
    "hours_missing": _("Meter %(meter)s told %(known)s of %(hours)s hours of %(day)s."),
    "register_went_back": _(
        "The register of meter %(meter)s went back on %(day)s, from %(from)s to %(to)s kWh."
    ),
    "register_rolled_over": _(
        "The register of meter %(meter)s rolled over on %(day)s, from %(from)s to %(to)s kWh."
    ),
}

ESTIMATES: Mapping[str, Words] = {
    "register": _("The register was read before and after; its step is shared among the days."),
    "sender": _("Whoever sent the reading had estimated it."),
    "straight_line": _("Up to two hours were not told; they lie between those around them."),
    "like_days": _("The meter told nothing; this is the mean of days like it: %(days)s."),
    "like_rooms": _("The meter told nothing; this is the mean of rooms of the same size."),
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
    return _told(ISSUES, code, {name: _as_said(value) for name, value in facts.items()})


def _as_said(value: object) -> object:
    """A fact keeps its days as 2026-03-01; a sentence says 1 March 2026."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        value = date.fromisoformat(value)
    return spoken(value) if type(value) is date else value


def estimate(*, method: str, facts: Mapping[str, object]) -> str:
    """How an estimated day was estimated, in the active language."""
    return _told(ESTIMATES, method, facts)


def more_rows(*, count: int) -> str:
    """That a report lists only its first lines."""
    return _now("%(count)s more rows are not listed.") % {"count": count}
