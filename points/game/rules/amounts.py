"""How much sunlight each faucet gives; the numbers stand in the rules file (game.md, section 2)."""

from collections.abc import Sequence
from math import exp, floor

from points.game.rules.book import Book


def mean_saving(*, days: Sequence[tuple[int, int]], book: Book) -> float:
    """Mean share saved in the last closed days `(baseline_wh, actual_wh)`, oldest first."""
    last = [pair for pair in days if pair[0] > 0][-book.faucets["saving"]["days"] :]
    if not last:
        return 0.0
    return sum((baseline - actual) / baseline for baseline, actual in last) / len(last)


def saving(*, share: float, book: Book) -> int:
    """Sunlight of a day with `share` saved (0.08 = 8 %): 80 * (1 - exp(-share / 0.10))."""
    rule = book.faucets["saving"]
    if share < rule["floor"]:
        return 0
    return _rounded(rule["top"] * (1 - exp(-min(share, rule["ceiling"]) / rule["scale"])))


def held(*, baseline_wh: int, actual_wh: int, peer_share: float, book: Book) -> bool:
    """
    Whether a room in the lowest third of its peers also kept to its own baseline (within 3 %).
    """
    rule = book.faucets["hold"]
    kept = actual_wh <= baseline_wh * rule["at_most_of_baseline"]
    return bool(kept and peer_share <= rule["peer_share"])


def day_amount(*, share: float, hold: bool, away: bool, book: Book) -> int:
    """Sunlight of one closed day: away replaces the rest, hold lifts a low saving."""
    if away:
        return int(book.faucets["away"]["amount"])
    earned = saving(share=share, book=book)
    return max(earned, int(book.faucets["hold"]["amount"])) if hold else earned


def pv_day(*, yield_wh: int, p90_wh: int, book: Book) -> int:
    """Sunlight from the campus's own roof on a day of `yield_wh` (P90 of the month: `p90_wh`)."""
    rule = book.faucets["pv"]
    return _rounded(
        rule["base"] + rule["span"] * (min(1.0, yield_wh / p90_wh) if p90_wh > 0 else 0.0)
    )


def pv_split(*, amount: int, yields_wh: Sequence[int]) -> list[int]:
    """
    `amount` split by measured yield (largest remainder, earlier first), so that the parts sum to
    it.
    """
    total = sum(yields_wh)
    if total <= 0:
        return [amount if index == len(yields_wh) - 1 else 0 for index in range(len(yields_wh))]
    parts = [amount * share // total for share in yields_wh]
    by_remainder = sorted(range(len(parts)), key=lambda i: (-(amount * yields_wh[i] % total), i))
    for index in by_remainder[: amount - sum(parts)]:
        parts[index] += 1
    return parts


def chest_need(*, away_days: int, book: Book) -> int:
    """Good days needed in a week with `away_days`: ceil(4 * (7 - away) / 7)."""
    days: int = book.faucets["chest"]["good_days"]
    return -(-days * (7 - away_days) // 7)


def chest(*, good_days: int, away_days: int, book: Book) -> int:
    """Sunlight of a week's chest; however long the absence, at least one day must be good."""
    rule = book.faucets["chest"]
    need = max(chest_need(away_days=away_days, book=book), rule["least_good"])
    return int(rule["amount"]) if good_days >= need else 0


def granted(*, wanted: int, today: int, week: int, book: Book) -> int:
    """What of `wanted` still fits under the caps of the day and the week."""
    caps = book.faucets["caps"]
    left: int = min(caps["day"] - today, caps["week"] - week)
    return max(0, min(wanted, left))


def _rounded(value: float) -> int:
    # Half up in both languages; Python's own round() goes half to even.
    return floor(value + 0.5)
