"""A tariff: a dated `cc-tariff/1` document, read into frozen values or refused with reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from campus.errors import Fault
from meters.billing.currencies import minor_digits
from meters.billing.cycles import CycleTerms, read_cycle
from meters.billing.documents import Node
from meters.billing.line import Frame, Line, read_of
from meters.billing.lines import line_types
from meters.billing.lines.energy import Energy
from meters.billing.lines.fixed import Fixed
from meters.billing.periods import Period, read_periods
from meters.billing.prepaid import Prepaid, read_prepaid
from meters.billing.quota import Quota, read_quota
from meters.billing.refusals import TariffRefused
from meters.billing.rounding import NONE, Rounding, read_rounding
from meters.billing.seasons import Season, read_seasons, season_ids
from meters.billing.tiers import Bounds

SCHEMA = "cc-tariff/1"
DESCRIPTION = {"schema", "id", "name", "confidence", "sources", "parameters"}
VALIDITY = {"currency", "minor_digits", "timezone", "valid_from", "valid_to"}
TIME = {"cycle", "seasons", "periods", "calendar"}
PRICE = {"tier_scope", "quota", "prepaid", "lines", "total"}
KEYS = frozenset(DESCRIPTION | VALIDITY | TIME | PRICE)


@dataclass(frozen=True, slots=True)
class Tariff:
    """Everything a document says about price. `last_day` is inclusive, as in the document."""

    id: str
    currency: str
    minor_digits: int
    timezone: ZoneInfo
    first_day: date
    last_day: date | None
    cycle: CycleTerms
    pooled: bool
    seasons: tuple[Season, ...]
    periods: tuple[Period, ...]
    holidays: str
    quota: Quota | None
    prepaid: Prepaid | None
    lines: tuple[Line, ...]
    total_of: tuple[str, ...]
    total_rounding: Rounding

    @property
    def ends_on(self) -> date | None:
        """The first day on which it is no longer valid."""
        return None if self.last_day is None else self.last_day + timedelta(days=1)

    @property
    def hourly(self) -> bool:
        """Whether a line prices by time of use, so that use must be known by period."""
        return any(isinstance(line, Energy) and line.period_rates for line in self.lines)

    @property
    def ladder(self) -> Mapping[str, Bounds]:
        """The tiers by season that decide which tier use has reached; empty without tiers."""
        return ladder_of(self.lines)


def ladder_of(lines: tuple[Line, ...]) -> Mapping[str, Bounds]:
    """The tiers of the first energy line that has any."""
    tiered = (line.tiers for line in lines if isinstance(line, Energy) and line.tiers)
    return next(tiered, {})


def read_tariff(document: object) -> Tariff:
    """
    Read and check a JSON document (numbers in it are strings).

    :raises TariffRefused: with one fault for each place that cannot be priced
    """
    node = Node(document)
    tariff = _read(node)
    if node.faults:
        raise TariffRefused(faults=unique(node.faults))
    return tariff


def unique(faults: list[Fault]) -> list[Fault]:
    """The faults in the order found, each once."""
    return list(dict.fromkeys(faults))


def _read(node: Node) -> Tariff:
    node.only(KEYS)
    node.at("schema").choice((SCHEMA,))
    digits = _read_digits(node)
    seasons = read_seasons(node.at("seasons"))
    season_names = season_ids(seasons)
    calendar = _read_calendar(node.at("calendar"))
    periods = read_periods(node.at("periods"), seasons=season_names, has_holidays=bool(calendar))
    lines = _read_lines(node.at("lines"), season_names, tuple(period.id for period in periods))
    first_day, last_day = _read_validity(node)
    total_of, total_rounding = _read_total(node.at("total"), lines, digits)
    return Tariff(
        id=node.at("id").text(),
        currency=node.at("currency").text(),
        minor_digits=digits,
        timezone=_read_zone(node.at("timezone")),
        first_day=first_day,
        last_day=last_day,
        cycle=read_cycle(node.at("cycle")),
        pooled=node.at("tier_scope").choice(("room", "pool_average"), default="room") != "room",
        seasons=seasons,
        periods=periods,
        holidays=calendar,
        quota=read_quota(node.at("quota"), has_periods=bool(periods)),
        prepaid=read_prepaid(node.at("prepaid")),
        lines=lines,
        total_of=total_of,
        total_rounding=total_rounding,
    )


def _read_digits(node: Node) -> int:
    digits = node.at("minor_digits").whole(least=0, most=4)
    currency = node.at("currency").value
    known = isinstance(currency, str) and len(currency) == 3 and currency.isupper()
    if not known:
        node.at("currency").refuse(
            "unknown_currency", _("a currency code of three letters is needed")
        )
    elif minor_digits(str(currency)) != digits:
        right = minor_digits(str(currency))
        node.at("minor_digits").refuse(
            "wrong_minor_unit",
            _("%(currency)s has %(digits)s minor digits"),
            currency=currency,
            digits=right,
        )
    return digits


def _read_zone(node: Node) -> ZoneInfo:
    try:
        return ZoneInfo(node.text() or "UTC")
    except (KeyError, ValueError, OSError):
        node.refuse("unknown_time_zone", _("no time zone is called %(name)s"), name=node.value)
        return ZoneInfo("UTC")


def _read_validity(node: Node) -> tuple[date, date | None]:
    first = node.at("valid_from").day()
    last = node.at("valid_to").day() if node.at("valid_to").value is not None else None
    if last is not None and last < first:
        node.at("valid_to").refuse("ends_before_start", _("it would end before it begins"))
    return first, last


def _read_calendar(node: Node) -> str:
    if node.value is None:
        return ""
    node.only({"holidays", "holiday_rule", "saturday_rule"})
    return node.at("holidays").text() if "holidays" in node else ""


def _read_lines(node: Node, seasons: tuple[str, ...], periods: tuple[str, ...]) -> tuple[Line, ...]:
    lines: list[Line] = []
    for item in node.items():
        earlier = tuple(line.id for line in lines)
        kind = item.at("type").choice(line_types())
        if item.at("id").value in earlier:
            item.at("id").refuse("repeated_id", _("each line needs its own id"))
        if item.at("type").value in line_types():
            lines.append(line_types()[kind].read(item, Frame(seasons, periods, earlier)))
    if not lines:
        node.refuse("no_lines", _("a tariff needs at least one line"))
    _refuse_amounts_without_tier(node, tuple(lines))
    return tuple(lines)


def _refuse_amounts_without_tier(node: Node, lines: tuple[Line, ...]) -> None:
    most = max((len(bounds) for bounds in ladder_of(lines).values()), default=0)
    for index, line in enumerate(lines):
        if isinstance(line, Fixed) and line.by_tier and not most > 0:
            place = Node(None, f"{node.path}[{index}].amount_by_tier", node.faults)
            place.refuse("tiers_missing", _("no energy line has tiers to reach"))
        elif isinstance(line, Fixed) and line.by_tier and len(line.amounts) < most:
            place = Node(None, f"{node.path}[{index}].amount_by_tier", node.faults)
            place.refuse(
                "missing_rate", _("there are %(tiers)s tiers and fewer amounts"), tiers=most
            )


def _read_total(
    node: Node, lines: tuple[Line, ...], digits: int
) -> tuple[tuple[str, ...], Rounding]:
    names = tuple(line.id for line in lines)
    minor = Fraction(1, 10**digits)
    if node.value is None:
        return names, Rounding("half_up", minor)
    node.only({"of", "round"})
    rounding = read_rounding(node.at("round"), default=Rounding("half_up", minor))
    if rounding.mode == NONE or (rounding.step / minor).denominator != 1:
        node.at("round").refuse(
            "not_in_minor_units", _("a total must land on steps of %(step)s"), step=minor
        )
    of = read_of(node.at("of"), Frame((), (), names)) if "of" in node else names
    return of, rounding
