"""Where the lines of a statement come from: all at once, in one sentence each."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from campus.api.texts import told
from campus.people.models import Holder
from campus.units import kwh
from points.coupons.models import Coupon
from points.earning import queries as earning
from points.earning.queries import AwardFact
from points.earning.rules import title_of
from points.game import queries as game
from points.ledger.queries import Entry
from points.passbook.statement import Source

Sources = Mapping[str, Source]
ITEMS = ("GAME_BUY", "GAME_RETURN", "GAME_UPGRADE")


def sources_of(*, entries: Sequence[Entry], holder: Holder) -> Sources:
    """Entry id -> its source, in a handful of queries however many entries there are."""
    kinds: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        kinds[entry.source_kind].append(entry)
    found: dict[str, Source] = {}
    for kind, rows in kinds.items():
        found |= _FINDERS.get(kind, _nothing)(rows, holder)
    return {entry.id: found.get(entry.id) or _plain(entry) for entry in entries}


def _nothing(rows: Sequence[Entry], holder: Holder) -> Sources:
    return {}


def _plain(entry: Entry) -> Source:
    """What can be said of an entry from itself."""
    if entry.reverses:
        return Source(_("Takes back entry %(id)s.") % {"id": entry.reverses})
    return Source(entry.reason)


def _awards(rows: Sequence[Entry], holder: Holder) -> Sources:
    ids = {row.id: int(row.source_id) for row in rows if row.source_id.isdecimal()}
    return _of_awards(ids)


def _drops(rows: Sequence[Entry], holder: Holder) -> Sources:
    awards = game.awards_behind(holder=holder, drops=[row.source_id for row in rows])
    ids = {row.id: awards[row.source_id] for row in rows if row.source_id in awards}
    return _of_awards(ids)


def _of_awards(ids: Mapping[str, int]) -> Sources:
    """Entry id -> the source told by its award."""
    facts = earning.award_facts(award_ids=sorted(set(ids.values())))
    return {entry: _of_award(facts[pk]) for entry, pk in ids.items() if pk in facts}


def _of_award(award: AwardFact) -> Source:
    words = {"rule": title_of(award.rule), "day": award.terms_from, "revision": award.revision}
    rule = _("Rule “%(rule)s”, terms from %(day)s, revision %(revision)s.") % words
    find = _FACTS.get((award.rule, award.kind))
    text = f"{find(award)} {rule}" if find else rule
    return Source(text, rule=award.rule, terms_from=award.terms_from)


def _days(award: AwardFact) -> str:
    days = award.facts.get("days") or ()
    own = next((row for row in days if row["day"] == award.effective_on.isoformat()), None)
    if own is None:
        return _("Readings of %(day)s.") % {"day": award.effective_on}
    return _("Readings of %(day)s: %(expected)s kWh expected, %(actual)s kWh used.") % {
        "day": award.effective_on,
        "expected": kwh(own["expected_wh"]),
        "actual": kwh(own["actual_wh"]),
    }


def _settled(award: AwardFact) -> str:
    facts = award.facts
    return _(
        "Readings of %(first)s to %(last)s: %(settled)s kWh settled, %(co2)s kg CO2e; "
        "%(nights)s of the room's %(room_nights)s nights."
    ) % {
        "first": facts["starts_on"],
        "last": _last(facts["ends_on"]),
        "settled": kwh(facts["settled_wh"]),
        "co2": kwh(facts["co2_g"]),
        "nights": facts["nights"],
        "room_nights": facts["room_nights"],
    }


def _last(ends_on: str) -> date:
    return date.fromordinal(date.fromisoformat(ends_on).toordinal() - 1)


def _average(award: AwardFact) -> str:
    return _("Average of the enrolled rooms.")


def _activity(award: AwardFact) -> str:
    return _("The host confirmed that you took part.")


def _coupons(rows: Sequence[Entry], holder: Holder) -> Sources:
    titles = titles_of(uids=[row.source_id for row in rows])
    return {row.id: Source(told(titles[row.source_id])) for row in rows if row.source_id in titles}


def titles_of(*, uids: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """Coupon id -> what was bought, in every language; whose it is now does not matter."""
    rows = Coupon.objects.filter(uid__in=uids).values_list("uid", "offer__title")
    return {str(uid): title for uid, title in rows}


def _items(rows: Sequence[Entry], holder: Holder) -> Sources:
    names = game.names_of_items(holder=holder, instances=[row.source_id for row in rows])
    return {row.id: Source(told(names[row.source_id])) for row in rows if row.source_id in names}


_FINDERS: Mapping[str, Callable[[Sequence[Entry], Holder], Sources]] = {
    "AWARD": _awards,
    "DROP": _drops,
    "COUPON": _coupons,
    **dict.fromkeys(ITEMS, _items),
}
_FACTS: Mapping[tuple[str, str], Callable[[AwardFact], str]] = {
    ("daily_saving", "saving"): _days,
    ("daily_saving", "away"): _days,
    ("daily_saving", "average"): _average,
    ("settled_saving", "saving"): _settled,
    ("settled_saving", "average"): _average,
    ("attendance", "activity"): _activity,
}
