"""Prices and the right to buy: the checks of `buy` in the order of game.md, section 8."""

from points.game.rules import levels
from points.game.rules.book import Book, Item
from points.game.rules.state import RETURNED, Campus, Refused

SUN, CP = "SUN", "CP"


def price(*, item: Item, currency: str, book: Book) -> int | None:
    """
    Price in sunlight (SUN) or carbon points (CP: a quarter, rounded up); None where the currency
    is not offered.
    """
    if currency == SUN:
        return item.price
    if currency == CP and item.cp:
        return -(-item.price // book.prices.cp_divisor)
    return None


def upgrade_price(*, item: Item, to_level: int, book: Book) -> int:
    """Sunlight for building level 2 or 3: 60 % or 100 % of the price, rounded up."""
    return -(-item.price * book.prices.upgrade_percent[to_level - 2] // 100)


def owned(*, campus: Campus, item_id: str) -> int:
    """How many of this kind the student holds, stored or placed."""
    return sum(one.item == item_id and one.state != RETURNED for one in campus.instances.values())


def on_sale(*, campus: Campus, item: Item) -> bool:
    """Whether the item can be bought now; a seasonal one only in its chapter of the term."""
    return item.on_sale and (item.chapter is None or item.chapter == campus.chapter)


def check_buy(*, campus: Campus, item_id: str, currency: str, book: Book) -> int:
    """
    The price to pay for one more of this kind.

    :raises Refused: unknown_item, level_too_low, limit_reached, currency_not_offered, insufficient
    """
    item = book.items.get(item_id)
    if item is None or not on_sale(campus=campus, item=item):
        raise Refused("unknown_item")
    if levels.level_of(xp=campus.xp, book=book) < item.level:
        raise Refused("level_too_low")
    if item.limit is not None and owned(campus=campus, item_id=item_id) >= item.limit:
        raise Refused("limit_reached")
    cost = price(item=item, currency=currency, book=book)
    if cost is None:
        raise Refused("currency_not_offered")
    check_balance(campus=campus, asset=currency, amount=cost)
    return cost


def check_balance(*, campus: Campus, asset: str, amount: int) -> None:
    """
    Pass silently when the student can pay.

    :raises Refused: insufficient
    """
    if campus.balances.get(asset, 0) < amount:
        raise Refused("insufficient")


def parcel_price(*, campus: Campus, book: Book) -> int:
    """Sunlight for the next parcel; it grows with each one bought."""
    bought = len(campus.parcels) - len(book.map.open_at_start)
    return book.map.parcel_prices[min(bought, len(book.map.parcel_prices) - 1)]
