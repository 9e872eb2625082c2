/** The lines of a tariff: added, removed, moved and renamed, and their tiers. Each edit answers a new document. */

import { at, isObject, type Json, withValue } from './tariff_document.ts'

export type Fields = { [key: string]: Json }

export const LINE_TYPES = ['fixed', 'energy', 'per_kwh', 'per_kwh_capped', 'percent', 'minimum'] as const
export type LineType = (typeof LINE_TYPES)[number]

/** The key of what holds in every season that has nothing of its own. */
export const ALL_YEAR = '*'

const SHAPES: Record<LineType, Fields> = {
  fixed: { unit: 'cycle', amount: '0' },
  energy: { rates: { [ALL_YEAR]: '0' } },
  per_kwh: { rate: '0' },
  per_kwh_capped: { max_kwh: '100', rate: '0' },
  percent: { of: 'all', rate: '0.10' },
  minimum: { of: 'all', amount: '0' },
}

export function linesOf(document: Json | undefined): Fields[] {
  const lines = at(document, ['lines'])
  return Array.isArray(lines) ? lines.map((line) => (isObject(line) ? line : {})) : []
}

const idOf = (line: Fields) => String(line.id ?? '')

/** A new line at the end, in the plain shape of its type. */
export function withLine(document: Json, type: LineType): Json {
  const lines = linesOf(document)
  return withValue(document, ['lines'], [...lines, { id: freeName(type, lines.map(idOf)), type, ...SHAPES[type] }])
}

/** The word itself, or with the first number that is free. */
export function freeName(word: string, taken: readonly string[]): string {
  let name = word
  for (let count = 2; taken.includes(name); count++) name = `${word}-${count}`
  return name
}

/** Without a line, also where other lines and the total stand on it. */
export function withoutLine(document: Json, index: number): Json {
  const gone = at(document, ['lines', index, 'id'])
  const kept = withValue(document, ['lines'], linesOf(document).filter((_, place) => place !== index))
  return withNames(kept, (names) => names.filter((name) => name !== gone))
}

export function withLineMoved(document: Json, index: number, by: 1 | -1): Json {
  const lines = linesOf(document)
  const [line] = lines.splice(index, 1)
  if (line) lines.splice(index + by, 0, line)
  return withValue(document, ['lines'], lines)
}

/** A line under another name; who stands on it follows, unless the name is taken or none. */
export function withLineNamed(document: Json, index: number, id: string): Json {
  const lines = linesOf(document)
  const before = at(document, ['lines', index, 'id'])
  const renamed = withValue(document, ['lines', index, 'id'], id)
  if (!id || lines.some((line) => line.id === id)) return renamed
  return withNames(renamed, (names) => names.map((name) => (name === before ? id : name)))
}

/** Every list of line names changed alike: the `of` of lines and of the total. */
function withNames(document: Json, change: (names: Json[]) => Json[]): Json {
  const places = [...linesOf(document).map((_, index) => ['lines', index, 'of']), ['total', 'of']]
  return places.reduce<Json>((changed, place) => {
    const names = at(changed, place)
    return Array.isArray(names) ? withValue(changed, place, change(names)) : changed
  }, document)
}

/** The lines that a line may stand on, and whether it does. */
export function basesOf(document: Json, index: number): { id: string; on: boolean }[] {
  const lines = linesOf(document)
  const of = lines[index]?.of
  return lines
    .slice(0, index)
    .map(idOf)
    .map((id) => ({ id, on: of === 'all' || (Array.isArray(of) && of.includes(id)) }))
}

export function withBase(document: Json, index: number, id: string, on: boolean): Json {
  const of = basesOf(document, index).filter((base) => (base.id === id ? on : base.on))
  return withValue(document, ['lines', index, 'of'], of.map((base) => base.id))
}

/** How many tiers a line has in the season with most of them; 0 without tiers. */
export function tierCount(line: Fields | undefined): number {
  return isObject(line?.tiers) ? Math.max(0, ...Object.values(line.tiers).map((bounds) => (Array.isArray(bounds) ? bounds.length : 0))) : 0
}

export function pricesByPeriod(line: Fields | undefined): boolean {
  return isObject(line?.rates) && Object.values(line.rates).some(isObject)
}

const isLadder = (document: Json, index: number) => linesOf(document).findIndex((line) => tierCount(line) > 0) === index

/** One more tier above the highest, in the seasons that have that; a flat price becomes two tiers. */
export function withTier(document: Json, index: number): Json {
  const line = linesOf(document)[index] ?? {}
  const count = tierCount(line)
  const higher = (change: (list: Json) => Json) => (list: Json) => (Array.isArray(list) && list.length < count ? list : change(list))
  const tiers = isObject(line.tiers) ? mapped(line.tiers, higher(withBound)) : { [ALL_YEAR]: ['100', null] }
  const rates = isObject(line.rates) ? mapped(line.rates, higher(repeated)) : { [ALL_YEAR]: ['0', '0'] }
  const { id, type, ...rest } = line
  const tiered = withValue(document, ['lines', index], { id: id ?? '', type: type ?? 'energy', ...rest, tiers, rates })
  return isLadder(tiered, index) ? withAmounts(tiered, repeated) : tiered
}

/** Without a tier in every season; what is left of two is a flat price. */
export function withoutTier(document: Json, index: number, tier: number): Json {
  const line = linesOf(document)[index]
  if (!line || !isObject(line.tiers) || !isObject(line.rates)) return document
  const ladder = isLadder(document, index)
  const shorter = (list: Json) => (Array.isArray(list) ? list.filter((_, place) => place !== tier) : list)
  const tiers = mapped(line.tiers, (bounds) => reopened(shorter(bounds)))
  const rates = mapped(line.rates, shorter)
  const { tiers: _, ...flat } = line
  const changed = withValue(document, ['lines', index], tierCount({ tiers }) > 1 ? { ...line, tiers, rates } : { ...flat, rates: mapped(rates, firstOf) })
  return ladder ? withAmounts(changed, shorter) : changed
}

/** Amounts that depend on the tier reached keep step with the tiers; a single one is a plain amount. */
function withAmounts(document: Json, change: (amounts: Json) => Json): Json {
  const lines = linesOf(document).map((line) => {
    if (!Array.isArray(line.amount_by_tier)) return line
    const { amount_by_tier, ...rest } = line
    const amounts = change(amount_by_tier)
    return Array.isArray(amounts) && amounts.length > 1 ? { ...line, amount_by_tier: amounts } : { ...rest, amount: firstOf(amounts) }
  })
  return withValue(document, ['lines'], lines)
}

/** A fixed charge by the tier reached, or the same for all. */
export function withAmountByTier(document: Json, index: number, on: boolean): Json {
  const { amount, amount_by_tier, ...rest } = linesOf(document)[index] ?? {}
  const tiers = Math.max(1, tierCount(linesOf(document).find((line) => tierCount(line) > 0)))
  const told = firstOf(amount ?? amount_by_tier ?? '0')
  return withValue(document, ['lines', index], on ? { ...rest, amount_by_tier: Array<Json>(tiers).fill(told) } : { ...rest, amount: told })
}

/** An energy line with prices of its own for a season, at first those of the rest of the year. */
export function withSeasonPrices(document: Json, index: number, season: string, on: boolean): Json {
  return (['tiers', 'rates'] as const).reduce<Json>((changed, key) => {
    const known = at(changed, ['lines', index, key])
    if (!isObject(known)) return changed
    const { [season]: own, ...others } = known
    if (on) return withValue(changed, ['lines', index, key], { [season]: others[ALL_YEAR] ?? Object.values(others)[0] ?? '0', ...known })
    return withValue(changed, ['lines', index, key], Object.keys(others).length ? others : { [ALL_YEAR]: own ?? '0' })
  }, document)
}

function mapped(fields: Fields, change: (value: Json) => Json): Fields {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, change(value)]))
}

const firstOf = (value: Json): Json => (Array.isArray(value) ? (value[0] ?? '0') : value)

const repeated = (value: Json): Json => (Array.isArray(value) ? [...value, value.at(-1) ?? '0'] : [value, value])

const reopened = (bounds: Json): Json => (Array.isArray(bounds) && bounds.length ? [...bounds.slice(0, -1), null] : bounds)

/** One more bound before the open end, as far above the last as that is above the one before. */
function withBound(bounds: Json): Json {
  if (!Array.isArray(bounds)) return ['100', null]
  const closed = bounds.filter((bound) => bound !== null)
  const [before, last] = [Number(closed.at(-2) ?? 0), Number(closed.at(-1) ?? 0)]
  return [...closed, String(Math.ceil(last + (last - before || 100)) || 100), null]
}
