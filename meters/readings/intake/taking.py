"""
Taking a delivery in: kept, recognised, read once, then everything it adds in one transaction.

A fault of the file leaves only the refused Delivery; a fault of a row leaves that row out.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import BinaryIO
from zoneinfo import ZoneInfo

from django.core.files.storage import default_storage
from django.db import transaction

from campus.people.models import User
from campus.places.models import Campus
from meters.readings import formats
from meters.readings.intake import keeping, storing
from meters.readings.intake.days import weigh_days
from meters.readings.intake.directory import Directory, directory
from meters.readings.intake.hours import opens, weigh_hours
from meters.readings.intake.keeping import Kept
from meters.readings.intake.parsing import parse
from meters.readings.intake.registers import weigh_registers
from meters.readings.intake.sifting import Sifted, place_repeated_hours, sift
from meters.readings.intake.spool import AT, CHANNEL, DAY, LINE, Rows, Spool
from meters.readings.intake.tally import Tally
from meters.readings.intake.weighed import Scales, Weighed
from meters.readings.models import Delivery
from meters.readings.refusals import FileRefused, RowFault, TooLarge
from meters.readings.told import Kind

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
) -> Delivery:
    """
    Take in a file; it is read as a stream and kept unchanged.

    Returns the stored Delivery: REFUSED with a reason when nothing of it can be used, else
    ACCEPTED with counts and the rows at fault. Content that was taken in before returns its
    Delivery again, telling (not storing) that all of it is duplicate; only rows that had been
    refused then may still be taken in now, never over anything that is known.
    """
    draft = _draft(campus=campus, name=name, way=way, by=by, at=at)
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
            kind = _read(work)
        except FileRefused as refusal:
            return _refused(draft, refusal)
        return _commit(work, kind)


def _taken_in(draft: Delivery) -> Delivery | None:
    """The delivery whose content this is, if it was taken in before."""
    return Delivery.objects.filter(
        campus=draft.campus, digest=draft.digest, state=Delivery.State.ACCEPTED
    ).first()


def _told_again(before: Delivery) -> Delivery:
    before.duplicate_rows += before.accepted_rows
    before.accepted_rows = 0
    return before


def _read(work: _Work) -> Kind:
    with keeping.reading(work.kept.path) as stream:
        format_ = formats.recognise(stream)
        work.draft.format = format_.name
        parse(
            format_=format_,
            stream=stream,
            zone=work.zone,
            meters=work.meters,
            at=work.draft.received_at,
            spool=work.spool,
            tally=work.tally,
        )
    return format_.kind


@transaction.atomic
def _commit(work: _Work, kind: Kind) -> Delivery:
    # One delivery of a campus at a time: both would find the same revision to be the newest.
    Campus.objects.select_for_update(no_key=True).get(pk=work.draft.campus_id)
    before = _taken_in(work.draft)
    delivery = before or work.draft
    if not before:
        delivery.state = Delivery.State.ACCEPTED
        delivery.save(force_insert=True)
    for rows in work.spool.parts():
        part = _weigh(rows, kind, work, only_new=before is not None)
        storing.write_readings(delivery=delivery, readings=part.readings)
        storing.write_days(delivery=delivery, days=part.days)
        storing.write_findings(
            delivery=delivery, days=part.days, findings=part.findings, meters=work.meters
        )
    return _added(delivery, work) if before else _first(delivery, work.tally)


def _weigh(rows: Rows, kind: Kind, work: _Work, *, only_new: bool) -> Weighed:
    sifted = _sift(rows, kind, work)
    channels = sorted({int(channel) for channel in rows[:, CHANNEL]})
    first, last = int(rows[:, DAY].min()) - 1, int(rows[:, DAY].max()) + 1
    stored = storing.stored_days(channels=channels, first=first, last=last)
    scales = Scales(stored, work.zone, work.tally, only_new)
    if kind is Kind.DAY:
        return weigh_days(sifted=sifted, scales=scales)
    if kind is Kind.HOUR:
        return weigh_hours(sifted=sifted, scales=scales)
    readings = storing.stored_readings(
        channels=channels, first=opens(first, work.zone), last=opens(last + 1, work.zone)
    )
    return weigh_registers(
        sifted=sifted, readings=readings, meters=work.meters.by_channel, scales=scales
    )


def _sift(rows: Rows, kind: Kind, work: _Work) -> Sifted:
    if kind is Kind.HOUR:
        rows, unplaceable = place_repeated_hours(rows)
        for row in unplaceable:
            stamp = datetime.fromtimestamp(int(row[AT]), tz=work.zone).strftime("%Y-%m-%d %H:%M")
            work.tally.refuse(RowFault(int(row[LINE]), "hour_ambiguous", {"value": stamp}))
    sifted = sift(rows)
    work.tally.repeat(
        RowFault(int(line), "same_again", {"first": int(first)}) for line, first in sifted.repeated
    )
    return sifted


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
