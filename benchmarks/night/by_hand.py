"""The rows of an ordinary night as plain SQL: no guards, no corrections, no rule but arithmetic."""

from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Max, Min

from campus.places.models import Campus, Room
from points.ledger.models import Code, Txn

ONE = timedelta(days=1)


def close(*, campus: Campus, day: date, at: datetime) -> None:
    """Uses, charges, shares, forecasts, estimates, places, awards, drops, transfers, notices."""
    rooms = Room.objects.filter(residence__campus=campus)
    facts = {
        **rooms.aggregate(low=Min("pk"), high=Max("pk")),
        "campus": campus.pk,
        "day": day.isoformat(),
        "before": (day - ONE).isoformat(),
        "after": (day + ONE).isoformat(),
        "monday": (day - day.weekday() * ONE).isoformat(),
        "first": day.replace(day=1).isoformat(),
        "at": at.isoformat(),
        "landlord": False,
        "txn": Txn.objects.create(kind=Code.SAVING, posted_at=at).pk,
        "week_ago": (day - 6 * ONE).isoformat(),
        "news": f'{{"day": "{day}"}}',
    }
    uid = "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement.replace("NEW_UID", uid), facts)


USES = """
INSERT INTO meters_dailyuse (room_id, day, revision, wh, generated_wh, status, closed_at)
SELECT i.room_id, d.day, 1, d.wh, 0, d.status, %(at)s
FROM meters_meterday d
JOIN meters_channel c ON c.id = d.channel_id
JOIN meters_meter m ON m.id = c.meter_id AND m.campus_id = %(campus)s
JOIN meters_meterinstallation i ON i.meter_id = m.id AND i.starts_on <= d.day
    AND (i.ends_on IS NULL OR i.ends_on > d.day)
WHERE d.day = %(day)s AND d.revision = 1
"""
CHARGES = """
INSERT INTO meters_dailycharge (room_id, day, revision, tariff_id, mode, use_revision, wh, amount,
    cycle_starts_on, cycle_days, billed_from, cycle_wh, cycle_amount, before_wh, occupant_nights,
    by_period, lines, charged_at)
SELECT u.room_id, u.day, 1, last.tariff_id, 'CHARGED', u.revision, u.wh,
    (u.wh * 136 / 1000) + 33, last.cycle_starts_on, last.cycle_days, last.billed_from,
    last.cycle_wh + u.wh, last.cycle_amount + (u.wh * 136 / 1000) + 33, 0,
    last.occupant_nights + 2, last.by_period, last.lines, %(at)s
FROM meters_dailyuse u
JOIN meters_dailycharge last ON last.room_id = u.room_id AND last.day = %(before)s
    AND last.revision = 1
WHERE u.day = %(day)s AND u.revision = 1 AND u.room_id BETWEEN %(low)s AND %(high)s
"""
SHARES = """
INSERT INTO meters_share (charge_id, holder_id, present, amount, entitled, paid)
SELECT c.id, r.holder_id, NOT %(landlord)s, c.amount / 2, c.amount * 13860, c.cycle_amount / 2
FROM meters_dailycharge c
JOIN campus_residency r ON r.room_id = c.room_id AND r.starts_on <= c.day
    AND (r.ends_on IS NULL OR r.ends_on > c.day)
WHERE c.day = %(day)s AND c.room_id BETWEEN %(low)s AND %(high)s
"""
FORECASTS = """
UPDATE meters_nextday SET through = %(day)s, level_wh = (level_wh * 3 + u.wh) / 4,
    wh = (level_wh * 3 + u.wh) / 4, low_wh = u.wh / 2, high_wh = u.wh * 2
FROM meters_dailyuse u
WHERE u.room_id = meters_nextday.room_id AND u.day = %(day)s
    AND u.room_id BETWEEN %(low)s AND %(high)s
"""
ESTIMATES = """
INSERT INTO meters_savingestimate (occupancy_id, day, revision, baseline_id, baseline_wh,
    expected_wh, actual_wh, verdict, use_revision)
SELECT o.id, u.day, 1, b.id, b.level_wh, b.level_wh * peers.used / peers.usual, u.wh, 'COUNTED',
    u.revision
FROM meters_baseline b
JOIN campus_occupancy o ON o.id = b.occupancy_id
JOIN meters_dailyuse u ON u.room_id = o.room_id AND u.day = %(day)s
CROSS JOIN (
    SELECT sum(pu.wh) AS used, sum(pb.level_wh) AS usual
    FROM meters_baseline pb
    JOIN meters_cohort pc ON pc.id = pb.cohort_id AND pc.campus_id = %(campus)s
    JOIN campus_occupancy po ON po.id = pb.occupancy_id
    JOIN meters_dailyuse pu ON pu.room_id = po.room_id AND pu.day = %(day)s
    WHERE pb.part = 'COMPARISON') peers
JOIN meters_cohort c ON c.id = b.cohort_id AND c.campus_id = %(campus)s
"""
LAST_PLACES = """
DELETE FROM meters_place WHERE ranking_id IN (
    SELECT id FROM meters_ranking WHERE campus_id = %(campus)s AND period = 'WEEK'
        AND starts_on = %(monday)s AND revision = 0 AND group_id IS NOT NULL)
"""
PLACES = """
INSERT INTO meters_place (ranking_id, room_id, rank, position, score, days)
SELECT g.id, s.room_id, rank() OVER (PARTITION BY g.id ORDER BY s.score DESC),
    row_number() OVER (PARTITION BY g.id ORDER BY s.score DESC, s.room_id), s.score, s.days
FROM (
    SELECT o.room_id, sum(e.expected_wh - e.actual_wh) / (2 * count(*)) AS score, count(*) AS days
    FROM meters_savingestimate e JOIN campus_occupancy o ON o.id = e.occupancy_id
    WHERE e.day >= %(monday)s AND e.day < %(after)s
        AND o.room_id BETWEEN %(low)s AND %(high)s
    GROUP BY o.room_id) s
JOIN meters_peer p ON p.room_id = s.room_id
JOIN meters_ranking g ON g.group_id = p.group_id AND g.period = 'WEEK'
    AND g.starts_on = %(monday)s AND g.revision = 0 AND g.campus_id = %(campus)s
"""
AWARDS = """
INSERT INTO points_award (rule, fact_key, holder_id, revision, asset, amount, terms_id,
    effective_on, facts, awarded_at)
SELECT 'daily_saving', 'hand:' || e.occupancy_id, r.holder_id, 1, 'SUN',
    abs(e.expected_wh - e.actual_wh) / 20, t.id, e.day, '{}', %(at)s
FROM meters_savingestimate e
JOIN campus_occupancy_residents r ON r.occupancy_id = e.occupancy_id
JOIN campus_holder h ON h.id = r.holder_id AND h.campus_id = %(campus)s
JOIN points_ruleterms t ON t.campus_id = %(campus)s AND t.rule = 'daily_saving'
WHERE e.day = %(day)s
"""
DROPS = """
INSERT INTO points_drop (uid, holder_id, award_id, kind, amount, state, effective_on, ripe_at)
SELECT NEW_UID, a.holder_id, a.id, a.rule, a.amount, 'RIPE', a.effective_on, %(at)s
FROM points_award a
JOIN campus_holder h ON h.id = a.holder_id AND h.campus_id = %(campus)s
WHERE a.effective_on = %(day)s AND a.asset = 'SUN'
"""
NOTICES = """
INSERT INTO campus_notice (uid, user_id, campus_id, kind, params, key, told_at, rings_at)
SELECT NEW_UID, p.user_id, %(campus)s, 'DAY', %(news)s, 'day ' || u.day, %(at)s, %(at)s
FROM meters_dailyuse u
JOIN campus_residency r ON r.room_id = u.room_id AND r.starts_on <= u.day
    AND (r.ends_on IS NULL OR r.ends_on > u.day)
JOIN campus_profile p ON p.holder_id = r.holder_id
JOIN campus_holder h ON h.id = p.holder_id AND h.campus_id = %(campus)s
WHERE u.day = %(day)s AND u.room_id BETWEEN %(low)s AND %(high)s
"""
# Drops that nobody collected in a week are banked.
DUE = """(SELECT d.holder_id, sum(d.amount) AS amount
    FROM points_drop d JOIN campus_holder h ON h.id = d.holder_id AND h.campus_id = %(campus)s
    WHERE d.state = 'RIPE' AND d.ripe_at < %(week_ago)s GROUP BY d.holder_id)"""
TRANSFERS = f"""
INSERT INTO points_transfer (
    txn_id, debit_id, credit_id, asset, amount, code, source_kind, source_id, revision, leg,
    effective_on, posted_at, wallet_id, wallet_version, wallet_balance)
SELECT %(txn)s, issuer.id, a.id, 'SUN', d.amount, 'SAVING', 'HAND',
    %(day)s || ':' || d.holder_id, 1, 0, %(day)s, %(at)s, a.id, a.version + 1, a.balance + d.amount
FROM {DUE} d
JOIN points_account a ON a.holder_id = d.holder_id AND a.kind = 'WALLET' AND a.asset = 'SUN'
JOIN campus_holder c ON c.kind = 'CAMPUS' AND c.campus_id = %(campus)s
JOIN points_account issuer ON issuer.holder_id = c.id AND issuer.kind = 'ISSUER'
    AND issuer.asset = 'SUN'
"""
BALANCES = f"""
UPDATE points_account SET balance = balance + d.amount, version = version + 1
FROM {DUE} d
WHERE points_account.holder_id = d.holder_id AND points_account.kind = 'WALLET'
    AND points_account.asset = 'SUN'
"""
BANKED = """
UPDATE points_drop SET state = 'BANKED', settled_at = %(at)s
FROM campus_holder h
WHERE h.id = points_drop.holder_id AND h.campus_id = %(campus)s AND points_drop.state = 'RIPE'
    AND points_drop.ripe_at < %(week_ago)s
"""
STATEMENTS = (
    USES, CHARGES, SHARES, FORECASTS, ESTIMATES, LAST_PLACES, PLACES, AWARDS, DROPS,
    TRANSFERS, BALANCES, BANKED, NOTICES,
)  # fmt: skip

# What a night adds rows to, and which rows are a day's.
TABLES = {
    "meters_dailyuse": "day = %s",
    "meters_dailycharge": "day = %s",
    "meters_share": "charge_id IN (SELECT id FROM meters_dailycharge WHERE day = %s)",
    "meters_nextday": "through = %s",
    "meters_savingestimate": "day = %s",
    "points_award": "effective_on = %s",
    "points_drop": "effective_on = %s",
    "points_transfer": (
        "txn_id IN (SELECT id FROM points_txn WHERE posted_at >= %s) AND asset = 'SUN'"
    ),
    "campus_notice": "key = 'day ' || %s",
}
