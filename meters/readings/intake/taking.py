"""
Taking a delivery in: kept, recognised, read once, then everything it adds in one transaction.

A fault of the file leaves only the refused Delivery; a fault of a row leaves that row out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePath
from typing import BinaryIO
from zoneinfo import ZoneInfo

import numpy as np
from django.core.files.storage import default_storage
from django.db import transaction

from campus.people.models import User
from campus.places.models import Campus
from meters.readings import formats, profile, sorting
from meters.readings.intake import keeping, storing
from meters.readings.intake.days import weigh_days
from meters.readings.intake.directory import Directory, directory
from meters.readings.intake.hours import weigh_hours
from meters.readings.intake.keeping import Kept
from meters.readings.intake.parsing import parse
from meters.readings.intake.registers import weigh_registers
from meters.readings.intake.tally import Tally
from meters.readings.intake.weighed import (
    DAY_LONG,
    Figures,
    Scales,
    Stored,
    Weighed,
    figures,
    whole_days,
)
from meters.readings.local_days import day_of, opens
from meters.readings.models import Delivery
from meters.readings.refusals import FileRefused, RowFault, TooLarge
from meters.readings.row import Row
from meters.readings.sorting import Rows, Sifted, Spool, spool
from meters.readings.sorting.spool import AT, CHANNEL, LINE

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
        part = _weigh(rows, work, only_new=before is not None)
        storing.write_readings(delivery=delivery, readings=part.readings)
        storing.write_days(delivery=delivery, days=part.days)
        storing.write_many_days(delivery=delivery, many=part.many)
        storing.write_findings(delivery=delivery, part=part, meters=work.meters)
    if not before:
        storing.write_balances(delivery=delivery, balances=work.balances)
        storing.write_remarks(delivery=delivery, remarks=work.tally.remarks)
    return _added(delivery, work) if before else _first(delivery, work.tally)


def _weigh(rows: Rows, work: _Work, *, only_new: bool) -> Weighed:
    channels = np.flatnonzero(np.bincount(rows[:, CHANNEL])).tolist()
    first = day_of(int(rows[:, AT].min()), work.zone) - 1
    last = day_of(int(rows[:, AT].max()), work.zone) + 1
    stored = storing.stored_days(channels=channels, first=first, last=last)
    sifted = _sift(rows, stored, work)
    scales = Scales(stored, work.zone, work.tally, only_new)
    kept, held = sifted.kept, sifted.held_times()
    registers = spool.registers(kept)
    told = figures(spool.some(kept, ~registers) if registers.any() else kept, work.zone)
    days = whole_days(told, work.zone)
    torn = [figures(some, work.zone) for some in held if not spool.registers(some)[0]]
    torn_days = [some for some in torn if whole_days(some, work.zone)[0]]
    torn_hours = [some for some in torn if not whole_days(some, work.zone)[0]]
    weighed = weigh_days(kept=told[days], held=torn_days, scales=scales)
    hours = spool.some(told, ~days) if days.any() else told
    weighed.add(weigh_hours(kept=hours, held=torn_hours, scales=scales))
    if registers.any() or len(torn) < len(held):
        torn_registers = [figures(some, work.zone) for some in held if spool.registers(some)[0]]
        weighed.add(
            _weigh_registers(
                figures(kept[registers], work.zone), torn_registers, (first, last), work, scales
            )
        )
    return weighed


def _weigh_registers(
    kept: Figures, held: list[Figures], days: tuple[int, int], work: _Work, scales: Scales
) -> Weighed:
    channels = sorted({int(row) for some in [kept, *held] for row in some[:, CHANNEL]})
    first, last = (opens(day, work.zone) for day in (days[0], days[1] + 1))
    readings = storing.stored_readings(channels=channels, first=first, last=last)
    between = [at for _channel, at, _event in readings]
    # A reading far off may bound days that this file never names.
    stored = storing.stored_days(
        channels=channels,
        first=min([days[0], *(day_of(at, work.zone) - 1 for at in between)]),
        last=max([days[1], *(day_of(at, work.zone) + 1 for at in between)]),
    )
    return weigh_registers(
        kept=kept,
        held=held,
        readings=readings,
        meters=work.meters.by_channel,
        scales=replace(scales, stored=stored),
    )


def _sift(rows: Rows, stored: Stored, work: _Work) -> Sifted:
    lengths = {
        channel: state.minutes * 60
        for (channel, _day), state in stored.items()
        if state.minutes < DAY_LONG
    }
    placed, lost = sorting.place(rows, lengths=lengths)
    for row in lost:
        stamp = datetime.fromtimestamp(int(row[AT]), tz=work.zone).strftime("%Y-%m-%d %H:%M")
        work.tally.refuse(RowFault(int(row[LINE]), "hour_ambiguous", {"value": stamp}))
    sifted = sorting.sift(placed)
    work.tally.repeat(
        RowFault(int(line), "same_again", {"first": int(first)}) for line, first in sifted.repeated
    )
    work.tally.accept(len(sifted.superseded))
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
