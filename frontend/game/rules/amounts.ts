import type { Book } from './book.ts'

/** Mean share saved in the last closed days `[baselineWh, actualWh]`, oldest first. */
export function meanSaving(days: readonly (readonly [number, number])[], book: Book): number {
  const last = days.filter(([baseline]) => baseline > 0).slice(-book.faucets.saving.days)
  if (last.length === 0) return 0
  return last.reduce((sum, [baseline, actual]) => sum + (baseline - actual) / baseline, 0) / last.length
}

/** Sunlight of a day with `share` saved (0.08 = 8 %): 80 * (1 - exp(-share / 0.10)). */
export function saving(share: number, book: Book): number {
  const rule = book.faucets.saving
  if (share < rule.floor) return 0
  return rounded(rule.top * (1 - Math.exp(-Math.min(share, rule.ceiling) / rule.scale)))
}

/** Sunlight of one closed day: away replaces the rest, hold lifts a low saving. */
export function dayAmount(share: number, hold: boolean, away: boolean, book: Book): number {
  if (away) return book.faucets.away.amount
  const earned = saving(share, book)
  return hold ? Math.max(earned, book.faucets.hold.amount) : earned
}

/** Sunlight from the campus's own roof on a day of `yieldWh` (P90 of the month: `p90Wh`). */
export function pvDay(yieldWh: number, p90Wh: number, book: Book): number {
  const rule = book.faucets.pv
  return rounded(rule.base + rule.span * (p90Wh > 0 ? Math.min(1, yieldWh / p90Wh) : 0))
}

/** `amount` split by measured yield (largest remainder, earlier first), so that the parts sum to it. */
export function pvSplit(amount: number, yieldsWh: readonly number[]): number[] {
  const total = yieldsWh.reduce((sum, one) => sum + one, 0)
  if (total <= 0) return yieldsWh.map((_, i) => (i === yieldsWh.length - 1 ? amount : 0))
  const parts = yieldsWh.map((one) => Math.floor((amount * one) / total))
  const rest = (i: number) => (amount * (yieldsWh[i] ?? 0)) % total
  const order = parts.map((_, i) => i).sort((a, b) => rest(b) - rest(a) || a - b)
  const left = amount - parts.reduce((sum, one) => sum + one, 0)
  for (const i of order.slice(0, left)) parts[i] = (parts[i] ?? 0) + 1
  return parts
}

/** Good days needed in a week with `awayDays`: ceil(4 * (7 - away) / 7). */
export function chestNeed(awayDays: number, book: Book): number {
  return Math.ceil((book.faucets.chest.good_days * (7 - awayDays)) / 7)
}

/** What of `wanted` still fits under the caps of the day and the week. */
export function granted(wanted: number, today: number, week: number, book: Book): number {
  const { caps } = book.faucets
  return Math.max(0, Math.min(wanted, caps.day - today, caps.week - week))
}

const rounded = (value: number) => Math.floor(value + 0.5)
