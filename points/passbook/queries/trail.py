"""
From a ledger entry back to the reading: each step of the way in words, with a link to its figures.

A trail starts from an entry of the asker's own wallet, and names nothing that is not theirs to see.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from campus.api.texts import spoken, told
from campus.people.models import Holder
from campus.units import kwh
from meters.savings import queries as savings
from meters.savings.facts import SettlementOfRoom
from points.coupons import queries as coupons
from points.earning import queries as earning
from points.earning.queries import AwardFact
from points.earning.rules import title_of
from points.game import queries as game
from points.ledger.models import Asset
from points.ledger.queries import Entry
from points.passbook.queries import words
from points.passbook.queries.sources import titles_of


@dataclass(frozen=True, slots=True)
class Step:
    """One step back: what kind of thing it is, in words, its figures, and where it can be read."""

    kind: str
    title: str
    detail: str
    facts: Mapping[str, object] = field(default_factory=dict)
    link: str | None = None


Steps = Iterator[Step]


def trail_of(*, entry: Entry, holder: Holder) -> list[Step]:
    """The way of a holder's own entry back to its sources, nearest first."""
    find = _SOURCES.get(entry.source_kind, _nothing)
    return [*find(entry, holder), *_undone(entry)]


def _nothing(entry: Entry, holder: Holder) -> Steps:
    return iter(())


def _undone(entry: Entry) -> Steps:
    for other in filter(None, (entry.reverses, entry.corrected_by)):
        yield Step(
            kind="correction",
            title=_("Entry %(id)s") % {"id": other},
            detail=entry.reason or _("A corrected reading changed this entry; nothing is erased."),
            link=f"/api/v1/wallet/entries/{other}/",
        )


def _award(entry: Entry, holder: Holder) -> Steps:
    award = earning.award_behind(source_kind=entry.source_kind, source_id=entry.source_id)
    if award:
        yield from _of_award(award, holder)


def _drop(entry: Entry, holder: Holder) -> Steps:
    """Sunlight was collected: the drop came from an award."""
    award_id = game.award_behind(holder=holder, drop=entry.source_id)
    award = earning.award_fact(award_id=award_id) if award_id else None
    if award:
        yield from _of_award(award, holder)


def _of_award(award: AwardFact, holder: Holder) -> Steps:
    yield Step(
        kind="award",
        title=_("Rule “%(rule)s”, terms from %(day)s")
        % {"rule": title_of(award.rule), "day": spoken(award.terms_from)},
        detail=_("The rule gave %(amount)s %(asset)s.")
        % {"amount": award.amount, "asset": Asset(award.asset).label.lower()},
        facts={**award.terms, "revision": award.revision},
    )
    if "budget" in award.facts:
        yield _budget(award)
    yield from _RULES.get((award.rule, award.kind), _fact)(award, holder)


def _budget(award: AwardFact) -> Step:
    told = award.facts["budget"]
    return Step(
        kind="budget",
        title=_("The café budget was nearly used up"),
        detail=_("Of %(before)s points you got %(amount)s: everybody the same share of the rest.")
        % {"before": told["before"], "amount": award.amount},
        facts=told,
    )


def _fact(award: AwardFact, holder: Holder) -> Steps:
    """What the rule looked at, where that stands nowhere else."""
    told = words.about(award)
    if told:
        yield Step(kind="fact", title=_("What was judged"), detail=told)


def _day(award: AwardFact, holder: Holder) -> Steps:
    """Each day whose saving was averaged, and the reading of the newest."""
    for row in reversed(award.facts.get("days", ())):
        yield Step(
            kind="estimate",
            title=_("Saving of %(day)s") % {"day": spoken(date.fromisoformat(row["day"]))},
            detail=_("%(expected)s kWh expected, %(actual)s kWh used.")
            % {"expected": kwh(row["expected_wh"]), "actual": kwh(row["actual_wh"])},
            facts=row,
        )
    yield _reading(award.effective_on)


def _reading(day: date) -> Step:
    return Step(
        kind="reading",
        title=_("Readings of %(day)s") % {"day": spoken(day)},
        detail=_("The file, its line, and every revision since."),
        link=f"/api/v1/energy/days/{day}/source/",
    )


def _average(award: AwardFact, holder: Holder) -> Steps:
    yield Step(
        kind="average",
        title=_("Average of the enrolled rooms"),
        detail=_("Your room is a comparison room: it receives the average of the enrolled."),
        facts=award.facts,
    )


def _settlement(award: AwardFact, holder: Holder) -> Steps:
    """The settled period, then the days and readings it was summed from."""
    found = next(
        (row for row in savings.settlements_of(holder=holder) if _is_behind(row, award)), None
    )
    if found is None:
        return
    yield Step(
        kind="settlement",
        title=_("Settled saving, %(first)s to %(last)s")
        % {"first": spoken(found.starts_on), "last": spoken(found.last_day)},
        detail=_(
            "Since %(since)s: %(expected)s kWh expected, %(actual)s kWh used. "
            "Sure enough to pay so far: %(booked)s kWh; new in this period: %(settled)s kWh."
        )
        % {
            "since": spoken(found.counts_from),
            "expected": kwh(found.expected_wh),
            "actual": kwh(found.actual_wh),
            "booked": kwh(found.booked_wh),
            "settled": kwh(found.settled_wh),
        },
        facts={"co2_g": found.co2_g, "revision": found.revision},
        link="/api/v1/savings/",
    )
    yield Step(
        kind="estimate",
        title=_("The days of the period"),
        detail=_("What was expected and used, day by day."),
        link=f"/api/v1/energy/days/?from={found.starts_on}&to={found.ends_on}",
    )
    yield _reading(award.effective_on)


def _is_behind(row: SettlementOfRoom, award: AwardFact) -> bool:
    return str(row.starts_on) == award.facts.get("starts_on")


def _activity(award: AwardFact, holder: Holder) -> Steps:
    uid = award.facts.get("activity")
    yield Step(
        kind="activity",
        title=str(award.facts.get("title", _("Activity"))),
        detail=_("The host confirmed that you took part."),
        link=f"/api/v1/activities/{uid}/" if uid else None,
    )


def _coupon(entry: Entry, holder: Holder) -> Steps:
    """The coupon that was bought; one that was given away since is no longer theirs to open."""
    title = titles_of(uids=[entry.source_id]).get(entry.source_id)
    mine = coupons.coupons_of(holder=holder).filter(uid=entry.source_id).first()
    if title:
        yield Step(
            kind="coupon",
            title=told(title),
            detail=told(mine.cafe.name) if mine else "",
            link=f"/api/v1/coupons/{mine.uid}/" if mine else None,
        )


def _item(entry: Entry, holder: Holder) -> Steps:
    name = game.name_of_item(holder=holder, instance=entry.source_id)
    if name:
        detail = _("An item of your mini-campus.")
        yield Step(kind="item", title=told(name), detail=detail, link="/api/v1/game/map/")


_SOURCES: Mapping[str, Callable[[Entry, Holder], Steps]] = {
    "AWARD": _award,
    "DROP": _drop,
    "COUPON": _coupon,
    "GAME_BUY": _item,
}
_RULES: Mapping[tuple[str, str], Callable[[AwardFact, Holder], Steps]] = {
    ("daily_saving", "saving"): _day,
    ("daily_saving", "away"): _day,
    ("daily_saving", "average"): _average,
    ("settled_saving", "saving"): _settlement,
    ("settled_saving", "average"): _average,
    ("attendance", "activity"): _activity,
}
