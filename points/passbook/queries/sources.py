"""Where the lines of a statement come from: all at once, in one sentence each."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext as _

from campus.api.texts import told
from campus.people.models import Holder
from points.coupons.models import Coupon
from points.earning import queries as earning
from points.earning.queries import AwardFact
from points.earning.rules import title_of
from points.game import queries as game
from points.ledger.queries import Entry
from points.passbook.queries import words
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
    told_of = {"rule": title_of(award.rule), "day": award.terms_from, "revision": award.revision}
    rule = _("Rule “%(rule)s”, terms from %(day)s, revision %(revision)s.") % told_of
    text = f"{words.about(award)} {rule}".lstrip()
    return Source(text, rule=award.rule, terms_from=award.terms_from)


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


def _expired(rows: Sequence[Entry], holder: Holder) -> Sources:
    """Points of a lot that nobody spent by its last day."""
    text = _("Not used by %(day)s, the last day of these points.")
    return {row.id: Source(text % {"day": row.effective_on}) for row in rows}


def _given(rows: Sequence[Entry], holder: Holder) -> Sources:
    return {row.id: Source(_("For the monument of your dorm.")) for row in rows}


_FINDERS: Mapping[str, Callable[[Sequence[Entry], Holder], Sources]] = {
    "AWARD": _awards,
    "DROP": _drops,
    "COUPON": _coupons,
    "EXPIRY": _expired,
    "GAME_DONATE": _given,
    **dict.fromkeys(ITEMS, _items),
}
