"""The bills of days and months, with all that explains them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Exists, OuterRef, QuerySet

from campus.people import queries as people
from campus.people.models import Holder
from campus.places.models import Campus, Room
from campus.units import kwh
from meters.billing.cutting import Stretch
from meters.billing.cycles import Cycle, cycle_of
from meters.billing.facts import (
    AdjustmentFact,
    BillFact,
    ChargeFact,
    Deal,
    MonthFact,
    PlanFact,
    RevisionFact,
    ShareFact,
)
from meters.billing.models import Adjustment, AdjustmentPart, DailyCharge, PoolDay, Share
from meters.billing.pricing import CycleUse, price
from meters.billing.queries.deals import deals_of, stretches_of, tariff_of, version_on
from meters.billing.queries.pools import pool_on
from meters.billing.queries.standings import stored_before
from meters.billing.seasons import ALL_YEAR


def newest(rows: QuerySet[DailyCharge]) -> QuerySet[DailyCharge]:
    """Without the revisions that a later one replaced."""
    later = DailyCharge.objects.filter(
        room=OuterRef("room"), day=OuterRef("day"), revision__gt=OuterRef("revision")
    )
    return rows.filter(~Exists(later))


def charge_batch(*, campus: Campus, day: date) -> Mapping[int, ChargeFact]:
    """Room id -> what a day added to its bill; rooms that were not charged are absent."""
    rows = newest(DailyCharge.objects.filter(room__residence__campus=campus, day=day))
    return {row.room_id: _fact(row) for row in rows}


def amounts_of_room(*, room: Room, starts_on: date, ends_on: date) -> Mapping[date, ChargeFact]:
    """The charged days of a room in [starts_on, ends_on)."""
    rows = newest(DailyCharge.objects.filter(room=room, day__gte=starts_on, day__lt=ends_on))
    return {row.day: _fact(row) for row in rows.order_by("day")}


def shares_of_day(*, room: Room, day: date) -> tuple[ShareFact, ...]:
    """Each part of a room's day, in one statement; empty while the day is not charged."""
    charges = newest(DailyCharge.objects.filter(room=room, day=day))
    rows = Share.objects.filter(charge__in=charges).order_by("holder_id")
    return tuple(ShareFact(row.holder_id, row.amount) for row in rows if row.present or row.amount)


def bill_of_day(*, room: Room, day: date) -> BillFact | None:
    """The bill of a room's day, priced again with every step; None while it is not charged."""
    rows = DailyCharge.objects.filter(room=room, day=day).order_by("-revision")
    told = list(rows.select_related("tariff__plan", "room__residence"))
    return _bill(told[0], told) if told else None


def newest_revision(*, room_id: int, day: date) -> int:
    """How often a room's day was charged; 0 when it is not."""
    rows = DailyCharge.objects.filter(room=room_id, day=day)
    return rows.order_by("-revision").values_list("revision", flat=True).first() or 0


def _bill(row: DailyCharge, told: Sequence[DailyCharge]) -> BillFact:
    past = stored_before(row.day, since=row.cycle_starts_on, room_ids=[row.room_id])
    shares = list(row.shares.order_by("holder_id"))
    stretches = priced_stretches(row, deal=deal_of(row))
    return BillFact(
        charge=_fact(row),
        shares=tuple(ShareFact(s.holder_id, s.amount) for s in shares if s.present or s.amount),
        people=sum(share.present and share.holder_id is not None for share in shares),
        revisions=tuple(RevisionFact(r.revision, r.amount, r.use_revision) for r in told),
        tariff=PlanFact(
            uid=str(row.tariff.uid),
            name=row.tariff.document["name"],
            plan=row.tariff.plan.code,
            valid_from=row.tariff.valid_from,
            document=row.tariff.document,
        ),
        bill=price(stretches=stretches, use=use_of(row, pool=pool_of(row))),
        lines=dict(row.lines),
        lines_before=dict(past[row.room_id].lines) if past else {},
        cycle_days=row.cycle_days,
        stretches=stretches,
    )


def pool_of(row: DailyCharge) -> PoolDay | None:
    """The priced day of the pool in which a room was charged; None where it is billed by itself."""
    return pool_on(residence_id=row.room.residence_id, day=row.day) if row.pooled else None


def use_of(row: DailyCharge, *, pool: PoolDay | None) -> CycleUse:
    """
    What a room used of a cycle up to a charged day, as the charge kept it. In a pool it is what the
    whole residence used: its tiers are those of the average room.
    """
    if pool is not None:
        return CycleUse(
            kwh={ALL_YEAR: Fraction(kwh(pool.cycle_wh))},
            cycle=_cycle_of(row),
            elapsed=(row.day - row.billed_from).days + 1,
            rooms=pool.rooms,
        )
    return CycleUse(
        kwh=_kwh(row),
        cycle=_cycle_of(row),
        elapsed=(row.day - row.billed_from).days + 1,
        before=Fraction(kwh(row.before_wh)),
        occupants=Fraction(row.occupant_nights, row.cycle_days),
    )


def priced_stretches(row: DailyCharge, *, deal: Deal) -> tuple[Stretch, ...]:
    """The cycle of a charge, cut by the tariffs in force in it."""
    return stretches_of(_cycle_of(row), deal=deal)


def _cycle_of(row: DailyCharge) -> Cycle:
    terms = tariff_of(row.tariff).cycle
    months = cycle_of(row.cycle_starts_on, terms=terms).months
    return Cycle(row.cycle_starts_on, row.cycle_days, months)


def _kwh(row: DailyCharge) -> dict[str, Fraction]:
    by_period = row.by_period or {ALL_YEAR: row.cycle_wh}
    return {period: Fraction(kwh(wh)) for period, wh in by_period.items()}


def deal_of(row: DailyCharge) -> Deal:
    """How the residence of a charged room is billed."""
    deal: Deal = deals_of(campus_id=row.room.residence.campus_id)[row.room.residence_id]
    return deal


def bill_of_month(*, holder: Holder, month: date, today: date) -> MonthFact | None:
    """
    The cycle that begins in a month, as a holder lived it: each charged day in the room of that
    night. None when the holder had no charged night in it.
    """
    room = people.room_of(holder=holder, day=min(today, _last_of(month)))
    cycle = _cycle(room, month)
    shares = Share.objects.filter(
        holder=holder, present=True, charge__day__gte=cycle[0], charge__day__lt=cycle[1],
        charge__in=newest(DailyCharge.objects.all()),
    )  # fmt: skip
    found = list(shares.select_related("charge").order_by("charge__day"))
    if not found:
        return None
    last = found[-1].charge
    return MonthFact(
        starts_on=cycle[0],
        ends_on=cycle[1],
        days=tuple(_fact(share.charge) for share in found),
        parts={share.charge.day: share.amount for share in found},
        last=bill_of_day(room=last.room, day=last.day),
        complete=len(found) == (cycle[1] - cycle[0]).days,
        adjustments=_adjustments(holder, *cycle),
    )


def _adjustments(holder: Holder, starts_on: date, ends_on: date) -> tuple[AdjustmentFact, ...]:
    """What corrections of earlier cycles bring to a holder in this one."""
    rows = AdjustmentPart.objects.filter(
        holder=holder,
        adjustment__state=Adjustment.State.POSTED,
        adjustment__billed_on__gte=starts_on,
        adjustment__billed_on__lt=ends_on,
    )
    return tuple(
        AdjustmentFact(
            uid=str(row.adjustment.uid),
            cycle_starts_on=row.adjustment.cycle_starts_on,
            cycle_ends_on=row.adjustment.cycle_ends_on,
            billed_on=row.adjustment.billed_on or starts_on,
            amount=row.adjustment.amount,
            part=row.amount,
            days=tuple((date.fromisoformat(day), *wh) for day, *wh in row.adjustment.days),
        )
        for row in rows.select_related("adjustment").order_by("adjustment_id")
    )


def _last_of(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _cycle(room: Room | None, month: date) -> tuple[date, date]:
    """[first, after) of the cycle that begins in a month by the tariff of a room's residence."""
    last = _last_of(month)
    deal = deals_of(campus_id=room.residence.campus_id).get(room.residence_id) if room else None
    version = version_on(last, deal=deal) if deal else None
    if version is None:
        return month.replace(day=1), last + timedelta(days=1)
    cycle = cycle_of(last, terms=version.tariff.cycle)
    return cycle.first_day, cycle.end


def _fact(row: DailyCharge) -> ChargeFact:
    return ChargeFact(
        room_id=row.room_id,
        day=row.day,
        revision=row.revision,
        mode=row.mode,
        wh=row.wh,
        amount=row.amount,
        cycle_starts_on=row.cycle_starts_on,
        cycle_wh=row.cycle_wh,
        cycle_amount=row.cycle_amount,
    )
