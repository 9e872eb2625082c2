"""
Taking a delivery in: kept, recognised, read once, then everything it adds in one transaction.

A fault of the file leaves only the refused Delivery; a fault of a row leaves that row out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath
from typing import BinaryIO
from zoneinfo import ZoneInfo

from django.core.files.storage import default_storage
from django.db import transaction

from campus.people.models import User
from campus.places.models import Campus
from meters.readings import formats, profile
from meters.readings.intake import keeping, storing
from meters.readings.intake.directory import Directory, directory
from meters.readings.intake.keeping import Kept
from meters.readings.intake.parsing import parse
from meters.readings.intake.tally import Tally
from meters.readings.intake.weighing import weigh
from meters.readings.models import Delivery
from meters.readings.refusals import FileRefused, TooLarge
from meters.readings.row import Row
from meters.readings.sorting import Spool

MIB = 1024 * 1024


def take_in(
    *,
    campus: Campus,
    name: str,
    stream: BinaryIO,
    way: Delivery.Way,
    by: User | None,
    at: datetime,
    limit_bytes: int | None,
    said: Mapping[str, object] | None = None,
) -> Delivery:
    """
    Take in a file; it is read as a stream, by the profile that is `said`, and kept unchanged.

    Returns the stored Delivery: REFUSED with a reason when nothing of it can be used, else
    ACCEPTED with counts and the rows at fault. Content that was taken in before returns its
    Delivery again, telling (not storing) that all of it is duplicate; only rows that had been
    refused then may still be taken in now, never over anything that is known.
    """
    draft = _draft(campus=campus, name=name, way=way, by=by, at=at)
    draft.profile = dict(said or {})
    try:
        kept = keeping.keep(stream=stream, uid=draft.uid, at=at, limit_bytes=limit_bytes)
    except TooLarge as refusal:
        return _refused(draft, refusal)
    draft.file, draft.digest, draft.size = kept.path, kept.digest, kept.size
    try:
        return _take(draft, kept)
    except BaseException:
        # Nothing was committed: a file without its row would be nobody's.
        keeping.forget(kept)
        raise


def turn_away(
    *,
    campus: Campus,
    name: str,
    size: int,
    way: Delivery.Way,
    by: User | None,
    at: datetime,
    limit_bytes: int,
) -> Delivery:
    """Remember a delivery that was too large to be read at all; its content is not kept."""
    draft = _draft(campus=campus, name=name, way=way, by=by, at=at)
    draft.size = size
    return _refused(draft, TooLarge(limit_mib=limit_bytes // MIB))


def _draft(
    *, campus: Campus, name: str, way: Delivery.Way, by: User | None, at: datetime
) -> Delivery:
    return Delivery(
        campus=campus, name=_shown_name(name), size=0, way=way, received_by=by, received_at=at
    )


def _shown_name(name: str) -> str:
    """The sender's name for the file: what stands last in its path, printable, and short."""
    last = PurePath(name.replace("\\", "/")).name
    return re.sub(r"[^\w .()\[\]+@,-]", "_", last)[:200] or "unnamed"


def _refused(draft: Delivery, refusal: FileRefused) -> Delivery:
    """The refused Delivery; the same content refused for the same reason is one Delivery."""
    same = Delivery.objects.filter(
        campus=draft.campus,
        digest=draft.digest,
        state=Delivery.State.REFUSED,
        reason=refusal.code,
    ).exclude(digest="")
    if (before := same.first()) is not None:
        default_storage.delete(draft.file.name or "")
        return before
    facts = {name: str(value) for name, value in refusal.facts.items()}
    draft.state, draft.reason = Delivery.State.REFUSED, refusal.code
    draft.report = [{"line": int(facts.get("line", 1)), "code": refusal.code, "facts": facts}]
    draft.save(force_insert=True)
    return draft


@dataclass(frozen=True, slots=True)
class _Work:
    """A kept file on its way in."""

    draft: Delivery
    kept: Kept
    meters: Directory
    spool: Spool
    tally: Tally
    balances: list[tuple[int, Row]] = field(default_factory=list)

    @property
    def zone(self) -> ZoneInfo:
        return self.draft.campus.zone


def _take(draft: Delivery, kept: Kept) -> Delivery:
    before = _taken_in(draft)
    if before and not before.refused_rows:
        keeping.forget(kept)
        return _told_again(before)
    with Spool(size=kept.size) as spool:
        work = _Work(draft, kept, directory(campus=draft.campus), spool, Tally())
        try:
            _read(work)
        except FileRefused as refusal:
            return _refused(draft, refusal)
        return _commit(work)


def _taken_in(draft: Delivery) -> Delivery | None:
    """The delivery whose content this is, if it was taken in before."""
    return Delivery.objects.filter(
        campus=draft.campus, digest=draft.digest, state=Delivery.State.ACCEPTED
    ).first()


def _told_again(before: Delivery) -> Delivery:
    before.duplicate_rows += before.accepted_rows
    before.accepted_rows = 0
    return before


def _read(work: _Work) -> None:
    with keeping.reading(work.kept.path) as stream:
        format_ = formats.recognise(stream)
        work.draft.format = format_.name
        said = profile.of(work.draft.profile)
        opened = format_.open(stream=stream, said=said, zone=work.zone)
        work.balances.extend(
            parse(
                opened=opened,
                zone=work.zone,
                meters=work.meters,
                at=work.draft.received_at,
                spool=work.spool,
                tally=work.tally,
            )
        )


@transaction.atomic
def _commit(work: _Work) -> Delivery:
    # One delivery of a campus at a time: both would find the same revision to be the newest.
    Campus.objects.select_for_update(no_key=True).get(pk=work.draft.campus_id)
    before = _taken_in(work.draft)
    delivery = before or work.draft
    if not before:
        delivery.state = Delivery.State.ACCEPTED
        delivery.save(force_insert=True)
    for rows in work.spool.parts():
        part = weigh(
            rows=rows,
            zone=work.zone,
            meters=work.meters,
            tally=work.tally,
            only_new=before is not None,
        )
        storing.write_readings(delivery=delivery, readings=part.readings)
        storing.write_days(delivery=delivery, days=part.days)
        storing.write_many_days(delivery=delivery, many=part.many)
        storing.write_findings(delivery=delivery, part=part, meters=work.meters)
    if not before:
        storing.write_balances(delivery=delivery, balances=work.balances)
        storing.write_remarks(delivery=delivery, remarks=work.tally.remarks)
    return _added(delivery, work) if before else _first(delivery, work.tally)


def _first(delivery: Delivery, tally: Tally) -> Delivery:
    """The counts of a file that came for the first time."""
    delivery.accepted_rows = tally.accepted
    delivery.duplicate_rows = tally.duplicate
    delivery.refused_rows = tally.refused
    delivery.report = tally.report()
    delivery.first_day, delivery.last_day = tally.days()
    delivery.save()
    return delivery


def _added(before: Delivery, work: _Work) -> Delivery:
    """The counts of a file that came again: stored with what it added, told as it came."""
    told, tally = before.accepted_rows, work.tally
    before.accepted_rows += tally.accepted
    before.refused_rows = tally.refused
    # That this file knew its own rows already is nothing to report.
    before.report = [row for row in tally.report() if row["code"] != "known_already"]
    before.duplicate_rows = max(tally.duplicate - told, 0)
    before.first_day, before.last_day = tally.days()
    before.save()
    transaction.on_commit(lambda: keeping.forget(work.kept))
    before.accepted_rows, before.duplicate_rows = tally.accepted, tally.duplicate
    return before
