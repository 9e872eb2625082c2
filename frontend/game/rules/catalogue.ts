import { type Book, type Item, itemOf } from './book.ts'
import { levelOf } from './levels.ts'
import { type Campus, Refused, refuseUnless } from './state.ts'

/** Price in sunlight (SUN) or carbon points (CP: a quarter, rounded up); null where not offered. */
export function price(item: Item, currency: string, book: Book): number | null {
  if (currency === 'SUN') return item.price
  if (currency === 'CP' && item.cp) return Math.ceil(item.price / book.prices.cp_divisor)
  return null
}

/** Sunlight for building level 2 or 3: 60 % or 100 % of the price, rounded up. */
export function upgradePrice(item: Item, toLevel: number, book: Book): number {
  return Math.ceil((item.price * (book.prices.upgrade_percent[toLevel - 2] ?? 0)) / 100)
}

/** Whether the item can be bought now; a seasonal one only in its chapter of the term. */
export function onSale(campus: Campus, item: Item | undefined): boolean {
  return item?.on_sale === true && (item.chapter === undefined || item.chapter === campus.chapter)
}

/** How many of this kind the student holds, stored or placed. */
export function owned(campus: Campus, itemId: string): number {
  return [...campus.instances.values()].filter((one) => one.item === itemId && one.state !== 'RETURNED').length
}

/**
 * The price to pay for one more of this kind.
 *
 * @throws Refused unknown_item, level_too_low, limit_reached, currency_not_offered, insufficient
 */
export function checkBuy(campus: Campus, itemId: string, currency: string, book: Book): number {
  refuseUnless(onSale(campus, book.items.get(itemId)), 'unknown_item')
  const item = itemOf(book, itemId)
  refuseUnless(levelOf(campus.xp, book) >= item.level, 'level_too_low')
  refuseUnless(item.limit === undefined || owned(campus, itemId) < item.limit, 'limit_reached')
  const cost = price(item, currency, book)
  if (cost === null) throw new Refused('currency_not_offered')
  checkBalance(campus, currency, cost)
  return cost
}

export function checkBalance(campus: Campus, asset: string, amount: number): void {
  refuseUnless((campus.balances[asset] ?? 0) >= amount, 'insufficient')
}

/** Sunlight for the next parcel; it grows with each one bought. */
export function parcelPrice(campus: Campus, book: Book): number {
  const bought = campus.parcels.size - book.map.open_at_start.length
  const prices = book.map.parcel_prices
  return prices[Math.min(bought, prices.length - 1)] ?? 0
}
