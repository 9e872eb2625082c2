"""
One student's term, day by day, over the real rules: what the sun gives, and what is bought.

Purchases go through the same judge as a phone's. The shopper wants one thing at a time, mostly a
kind they do not own, sometimes another tree, an upgrade or land, and saves until it can be paid.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

from points.game.economy.profiles import Profile
from points.game.rules import actions, amounts, catalogue, levels, placement, state
from points.game.rules.actions import Action
from points.game.rules.book import Book, Item

WEEKS = 16
START = datetime(2026, 3, 2, tzinfo=UTC)  # a Monday; only order and weekdays matter
# A day's roof as a part of the month's P90: cloudy springs, clear autumns.
SKY = (0.25, 1.05)
TIERS_AT = (4, 8, 12, 15)  # weeks after which the dorm has reached a tier of its monument
HELPED = 3  # waterings given and received on a day that is played
# What one wants next: a kind not yet owned, one more of a plant, an upgrade, a piece of land.
WISHES = (("kind", 62), ("more", 16), ("upgrade", 14), ("land", 8))


@dataclass(slots=True)
class Played:
    """What a term came to; `income` and `hoard` are sunlight by week, at its end."""

    profile: str
    income: list[int] = field(default_factory=list)
    hoard: list[int] = field(default_factory=list)
    spent: int = 0
    level: int = 1
    kinds: int = 0
    first_building_day: int | None = None


@dataclass(slots=True)
class _Student:
    profile: Profile
    book: Book
    chance: Random
    campus: state.Campus
    earned: list[int] = field(default_factory=list)  # by day, without the welcome
    shares: list[float] = field(default_factory=list)
    wish: Action | None = None
    number: int = 0


def play(*, profile: Profile, book: Book, seed: int) -> Played:
    """A term of 16 weeks of one student; the same seed plays the same term."""
    chance = Random(f"{profile.name}:{seed}")  # noqa: S311 -- dice, not a secret
    student = _Student(profile, book, chance, _empty(book))
    played = Played(profile.name)
    _give(student, int(book.faucets["welcome"]["amount"]))
    for day in range(7 * WEEKS):
        income = _income(student, day)
        student.earned.append(income)
        _give(student, income)
        if student.chance.random() < profile.plays or day == 0:
            played.spent += _shop(student, day)
        if played.first_building_day is None and _owns_building(student):
            played.first_building_day = day
        if day % 7 == 6:
            played.income.append(sum(student.earned[-7:]))
            played.hoard.append(student.campus.balances["SUN"])
    played.level = levels.level_of(xp=student.campus.xp, book=book)
    played.kinds = len({one.item for one in student.campus.instances.values()})
    return played


def sinks(*, book: Book) -> int:
    """All that sunlight can be spent on once: each kind, each upgrade, each parcel."""
    kinds = sum(item.price for item in book.items.values())
    buildings = [item for item in book.items.values() if item.category == "building"]
    upgrades = sum(
        catalogue.upgrade_price(item=item, to_level=level, book=book)
        for item in buildings
        for level in range(2, 2 + len(book.prices.upgrade_percent))
    )
    return kinds + upgrades + sum(book.map.parcel_prices)


def _empty(book: Book) -> state.Campus:
    size = book.map.size
    return state.Campus(
        ground=("g" * size,) * size,
        parcels=frozenset(book.map.open_at_start),
        balances={"SUN": 0, "CP": 0},
    )


def _give(student: _Student, amount: int) -> None:
    number = student.number = student.number + 1
    drop = state.Collected(f"d{number}", amount)
    waiting = {drop.drop: state.Drop(drop.drop, amount, state.RIPE)}
    campus = replace(student.campus, drops=waiting)
    student.campus = state.changed(campus=campus, changes=(drop,))


def _income(student: _Student, day: int) -> int:
    """Sunlight of a day: the room's, the roof's, deeds, the chest of the week, within the caps."""
    profile, book, chance = student.profile, student.book, student.chance
    wanted = _of_room(student, day) + _of_roof(student)
    if chance.random() < profile.activities / 7:
        wanted += int(book.faucets["activity"]["amount"])
    if chance.random() < profile.plays:
        wanted += 2 * HELPED * int(book.faucets["help"]["amount"])
    if day % 7 == 6:
        wanted += _chest(student)
    if day % 7 == 6 and day // 7 + 1 in TIERS_AT:
        wanted += int(book.faucets["coop"]["amount"])
    week = sum(student.earned[day - day % 7 :])
    return amounts.granted(wanted=wanted, today=0, week=week, book=book)


def _of_room(student: _Student, day: int) -> int:
    profile, book = student.profile, student.book
    if day % 7 in profile.away:
        return amounts.day_amount(share=0, hold=False, away=True, book=book)
    student.shares.append(min(student.chance.gauss(profile.saving, profile.noise), 0.6))
    last = student.shares[-book.faucets["saving"]["days"] :]
    hold = student.chance.random() < profile.held
    mean = sum(last) / len(last)
    return amounts.day_amount(share=mean, hold=hold, away=False, book=book)


def _of_roof(student: _Student) -> int:
    """Untouched light of the roof becomes the dorm's, so only who plays collects it."""
    sky = round(1000 * student.chance.uniform(*SKY))
    light = amounts.pv_day(yield_wh=sky, p90_wh=1000, book=student.book)
    return light if student.chance.random() < min(1.0, 2.2 * student.profile.plays) else 0


def _chest(student: _Student) -> int:
    book, profile = student.book, student.profile
    away = len(profile.away)
    home = student.shares[-(7 - away) :] if away < 7 else []
    floor = book.faucets["saving"]["floor"]
    good = sum(share >= floor or student.chance.random() < profile.held for share in home)
    return amounts.chest(good_days=good, away_days=away, book=book)


def _shop(student: _Student, day: int) -> int:
    """Buy as long as the wish can be paid; returns what was spent."""
    weeks = student.book.chapter_weeks
    chapter = student.book.chapters[min(day // 7 // weeks, len(student.book.chapters) - 1)]
    student.campus = replace(student.campus, chapter=chapter.id)
    before, at = student.campus.balances["SUN"], START + timedelta(days=day)
    while (wish := _wish(student)) and _afford(student, wish, at):
        student.wish = None
    return before - student.campus.balances["SUN"]


def _afford(student: _Student, wish: Action, at: datetime) -> bool:
    try:
        changes = actions.judge(campus=student.campus, action=wish, at=at, book=student.book)
    except state.Refused as refused:
        # What can never be had any more is forgotten; what is too dear is saved for.
        student.wish = wish if refused.code == "insufficient" else None
        return False
    student.campus = state.changed(campus=student.campus, changes=changes)
    return True


def _wish(student: _Student) -> Action | None:
    if student.wish is None:
        student.number += 1
        kind = student.chance.choices([k for k, _ in WISHES], [w for _, w in WISHES])[0]
        student.wish = _first(student) or _WISHES[kind](student) or _kind(student)
    return student.wish


def _first(student: _Student) -> Action | None:
    """The guide leads to the dorm lodge."""
    return None if _owns_building(student) else _buying(student, "dorm_lodge")


def _kind(student: _Student) -> Action | None:
    owned = {one.item for one in student.campus.instances.values()}
    fresh = [item for item in _on_sale(student) if item.id not in owned]
    # A building is longed for, but not as much dearer as it costs.
    if not fresh:
        return _more(student)
    chosen = student.chance.choices(fresh, [item.price**0.35 for item in fresh])[0]
    return _buying(student, chosen.id)


def _more(student: _Student) -> Action | None:
    plants = [item for item in _on_sale(student) if item.limit is None]
    return _buying(student, student.chance.choice(plants).id) if plants else None


def _upgrade(student: _Student) -> Action | None:
    book, level = student.book, 1 + len(student.book.prices.upgrade_percent)
    mine = student.campus.instances.values()
    low = [
        one.id for one in mine if book.items[one.item].category == "building" and one.level < level
    ]
    if not low:
        return None
    return Action(id=f"a{student.number}", type="upgrade", instance=student.chance.choice(low))


def _land(student: _Student) -> Action | None:
    parcels, book = student.campus.parcels, student.book
    edge = {n for one in parcels for n in placement.neighbours(parcel=one, book=book)} - parcels
    if not edge:
        return None
    parcel = student.chance.choice(sorted(edge))
    return Action(id=f"a{student.number}", type="unlock_parcel", parcel=parcel)


_WISHES = {"kind": _kind, "more": _more, "upgrade": _upgrade, "land": _land}


def _on_sale(student: _Student) -> list[Item]:
    level = levels.level_of(xp=student.campus.xp, book=student.book)
    return [
        item
        for item in student.book.items.values()
        if item.level <= level and catalogue.on_sale(campus=student.campus, item=item)
    ]


def _buying(student: _Student, item: str) -> Action:
    return Action(id=f"a{student.number}", type="buy", item=item)


def _owns_building(student: _Student) -> bool:
    items = student.book.items
    return any(items[one.item].category == "building" for one in student.campus.instances.values())
