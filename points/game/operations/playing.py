"""
A batch of actions on a student's map.

The map row is locked first and stays locked to the end, so two devices take turns. Each action is
judged by the pure rules and written in a savepoint with its stored answer; sent again, it answers
what it answered.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from campus.people.models import Holder
from points.game import queries
from points.game.models import ActionResult, GameMap, Instance
from points.game.operations import monuments, visiting, writing
from points.game.refusals import IdReused, RulesChanged
from points.game.rules import batch, state
from points.game.rules import book as rules_book
from points.game.rules.actions import Action
from points.game.rules.book import Book
from points.ledger import queries as ledger
from points.ledger.refusals import AccountFrozen, NotEnough


@dataclass(frozen=True, slots=True)
class Wish:
    """An action and the fingerprint of what was sent."""

    action: Action
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Played:
    """What a batch came to: the answers in order, and the ids whose rows changed."""

    game_map: GameMap
    results: tuple[Mapping[str, object], ...]
    changed: frozenset[str]
    rebased: bool


def fingerprint(*, sent: Mapping[str, object]) -> str:
    """A digest of an action as it was sent."""
    return hashlib.sha256(json.dumps(sent, sort_keys=True, default=str).encode()).hexdigest()


@transaction.atomic
def play(
    *,
    game_map: GameMap,
    base_version: int,
    rules_version: str,
    wishes: Sequence[Wish],
    at: datetime,
) -> Played:
    """
    Carry out `wishes` in order; one that is refused leaves no trace but its answer.

    :raises RulesChanged: if the client's rules are not ours
    :raises IdReused: if an id came before with another wish
    """
    book = rules_book.current()
    if rules_version != book.version:
        raise RulesChanged(version=book.version)
    table = _Table(game_map=_locked(game_map, wishes), book=book, at=at)
    rebased = table.game_map.version != base_version
    results = table.play(wishes)
    return Played(table.game_map, tuple(results), frozenset(table.changed), rebased)


def _locked(game_map: GameMap, wishes: Sequence[Wish]) -> GameMap:
    """The map, with those that are to be watered, locked in one order everywhere."""
    owners = {wish.action.owner for wish in wishes if wish.action.type == "water"}
    wanted = Q(pk=game_map.pk) | Q(uid__in=[UUID(one) for one in owners])
    rows = GameMap.objects.select_for_update(of=("self",)).select_related("holder__campus")
    return {row.pk: row for row in rows.filter(wanted).order_by("pk")}[game_map.pk]


class _Table:
    """The locked map while a batch is played on it."""

    def __init__(self, *, game_map: GameMap, book: Book, at: datetime) -> None:
        self.game_map, self.book, self.at = game_map, book, at
        self.changed: set[str] = set()
        self.failed: set[str] = set()
        self.helped: list[tuple[Holder, str]] = []

    def play(self, wishes: Sequence[Wish]) -> list[Mapping[str, object]]:
        """The answer to each wish, in order."""
        self.known = self._known(wishes)
        self.campus = self._around(wishes)
        answers = [self._answer(wish) for wish in wishes]
        # Last of all, because it locks wallets of others.
        visiting.thank(helped=self.helped, day=self.day, at=self.at)
        return answers

    def _around(self, wishes: Sequence[Wish]) -> state.Campus:
        """The campus with what of others the wishes speak of."""
        campus = queries.campus_of(game_map=self.game_map, day=self.day, named=_named(wishes))
        kinds = {wish.action.type for wish in wishes}
        if "water" in kinds:
            owners = {wish.action.owner for wish in wishes if wish.action.type == "water"}
            met = queries.neighbours(viewer=self.holder, owners=owners, day=self.day)
            given = queries.waterings_given(giver=self.holder, day=self.day)
            campus = replace(campus, neighbours=met, given_today=given)
        if "donate" in kinds:
            is_open = monuments.is_open(holder=self.holder, day=self.day)
            campus = replace(campus, monument_open=is_open)
        return campus

    @property
    def holder(self) -> Holder:
        return self.game_map.holder

    @property
    def day(self) -> date:
        return self.at.astimezone(self.game_map.holder.campus.zone).date()

    def _known(self, wishes: Sequence[Wish]) -> dict[str, ActionResult]:
        """Answers given before, by action id; refuses an id that now means something else."""
        sent: dict[str, str] = {}
        for wish in wishes:
            if sent.setdefault(wish.action.id, wish.fingerprint) != wish.fingerprint:
                raise IdReused(id=wish.action.id)
        rows = self.game_map.results.filter(action__in=list(sent))
        known = {str(row.action): row for row in rows}
        for name, row in known.items():
            if row.fingerprint != sent[name]:
                raise IdReused(id=name)
        self._refuse_taken(set(sent) - set(known))
        return known

    def _refuse_taken(self, fresh: set[str]) -> None:
        # A bought instance takes its action's id, which must be nobody's yet.
        taken = Instance.objects.filter(uid__in=[UUID(name) for name in fresh]).first()
        if taken is not None:
            raise IdReused(id=str(taken.uid))

    def _answer(self, wish: Wish) -> Mapping[str, object]:
        stored = self.known.get(wish.action.id)
        if stored is None:
            stored = self._first_answer(wish)
            self.known[wish.action.id] = stored
        if not stored.result["ok"]:
            self.failed.add(wish.action.instance or wish.action.id)
        answer: Mapping[str, object] = stored.result
        return answer

    def _first_answer(self, wish: Wish) -> ActionResult:
        outcome = self._attempt(wish.action)
        if outcome.code is None:
            self.game_map.version += 1
            self.game_map.save(update_fields=["version"])
        return ActionResult.objects.create(
            map=self.game_map,
            action=UUID(wish.action.id),
            fingerprint=wish.fingerprint,
            result=_told(outcome),
            done_at=self.at,
        )

    def _attempt(self, action: Action) -> batch.Outcome:
        outcome = batch.attempt(
            campus=self.campus, action=action, at=self.at, book=self.book, failed=self.failed
        )
        if outcome.code is not None:
            return outcome
        try:
            with transaction.atomic():
                self._write(outcome)
        except (NotEnough, AccountFrozen):
            # The purse was spent elsewhere meanwhile, or may not be spent at all.
            self.campus = self._with_purse(self.campus)
            return batch.Outcome(action=action, code="insufficient")
        self.campus = self._with_purse(state.changed(campus=self.campus, changes=outcome.changes))
        return outcome

    def _write(self, outcome: batch.Outcome) -> None:
        for change in outcome.changes:
            if isinstance(change, state.Watered):
                self._water(change)
            else:
                self.changed |= writing.write(
                    change=change, game_map=self.game_map, day=self.day, at=self.at
                )

    def _water(self, change: state.Watered) -> None:
        owner, fact = visiting.water(
            giver=self.holder,
            owner=change.owner,
            instance=change.instance,
            day=self.day,
            at=self.at,
        )
        self.helped += [(self.holder, fact), (owner, fact)]

    def _with_purse(self, campus: state.Campus) -> state.Campus:
        """The campus with what the wallets hold now; a debt may have taken part of a drop."""
        return replace(campus, balances=ledger.balances(holder=self.holder))


def _named(wishes: Sequence[Wish]) -> set[str]:
    instances = {wish.action.instance for wish in wishes if wish.action.instance}
    drops = {drop for wish in wishes for drop in wish.action.drops or ()}
    return instances | drops


def _told(outcome: batch.Outcome) -> dict[str, object]:
    told: dict[str, object] = {
        "id": outcome.action.id,
        "ok": outcome.code is None,
        "code": outcome.code,
    }
    collected = [one.amount for one in outcome.changes if isinstance(one, state.Collected)]
    if outcome.action.type == "collect" and outcome.code is None:
        told["amount"] = sum(collected)
    return told
