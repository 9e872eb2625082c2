/** The time-of-use periods of a tariff, and the lines that are priced by them. Each edit answers a new document. */

import { at, isObject, type Json, type Path, without, withValue } from './tariff_document.ts'
import { type Fields, freeName, linesOf, pricesByPeriod, tierCount, withAmountByTier } from './tariff_lines.ts'

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'holiday'] as const

const AT_WORK: Fields = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], hours: [['09:00', '18:00']] }

export function periodsOf(document: Json | undefined): Fields[] {
  return objectsAt(document, ['periods'])
}

/** The windows of a period: hours on some days of some seasons. */
export function windowsOf(document: Json, period: number): Fields[] {
  return objectsAt(document, ['periods', period, 'when'])
}

function objectsAt(document: Json | undefined, place: Path): Fields[] {
  const found = at(document, place)
  return Array.isArray(found) ? found.map((one) => (isObject(one) ? one : {})) : []
}

const idOf = (period: Fields) => String(period.id ?? '')

/** Prices by the hour, at first a working day and the rest; without them every line has one price again. */
export function withPeriods(document: Json, on: boolean): Json {
  if (on) return withValue(document, ['periods'], [{ id: 'peak', when: [AT_WORK] }, { id: 'off_peak', default: true }])
  const flat = linesOf(document).reduce<Json>((changed, _, index) => withPricesByPeriod(changed, index, false), document)
  return without(flat, ['periods'])
}

/** One more period, at the price that stands first in each line. */
export function withPeriod(document: Json): Json {
  const periods = periodsOf(document)
  const id = freeName('period', periods.map(idOf))
  const added = withValue(document, ['periods'], [{ id, when: [AT_WORK] }, ...periods])
  return withPrices(added, (prices) => ({ [id]: Object.values(prices)[0] ?? '0', ...prices }))
}

/** Without a period and its prices; without the last one nothing is priced by the hour. */
export function withoutPeriod(document: Json, index: number): Json {
  const gone = idOf(periodsOf(document)[index] ?? {})
  if (periodsOf(document).length < 2) return withPeriods(document, false)
  return withPrices(without(document, ['periods', index]), ({ [gone]: _, ...others }) => others)
}

/** A period under another name, which its prices follow, unless the name is taken or none. */
export function withPeriodNamed(document: Json, index: number, id: string): Json {
  const before = idOf(periodsOf(document)[index] ?? {})
  const named = withValue(document, ['periods', index, 'id'], id)
  if (!id || periodsOf(document).some((period) => period.id === id)) return named
  return withPrices(named, (prices) => Object.fromEntries(Object.entries(prices).map(([key, value]) => [key === before ? id : key, value])))
}

/** A period for all hours that no other one holds; only one can be that. */
export function withRest(document: Json, index: number, on: boolean): Json {
  const periods = periodsOf(document).map(({ default: was, ...period }, place) => {
    if (place === index) return on ? { ...period, default: true } : { ...period, when: period.when ?? [AT_WORK] }
    return on || was === undefined ? period : { ...period, default: was }
  })
  return withValue(document, ['periods'], periods)
}

/** One more window of a period, on the days of the working week. */
export function withWindow(document: Json, period: number): Json {
  return withValue(document, ['periods', period, 'when'], [...windowsOf(document, period), AT_WORK])
}

/** A word of a list put in or taken out; an empty list, which means all, is left out. */
export function withWord(document: Json, place: Path, word: string, on: boolean, order: readonly string[]): Json {
  const known = at(document, place)
  const words = (Array.isArray(known) ? known : []).filter((one) => one !== word)
  const chosen = on ? order.filter((one) => one === word || words.includes(one)) : words
  return chosen.length ? withValue(document, place, chosen) : without(document, place)
}

/** An energy line priced by period, at its present first price; or again by one price a season, without tiers. */
export function withPricesByPeriod(document: Json, index: number, on: boolean): Json {
  const line = linesOf(document)[index]
  if (!line || !isObject(line.rates) || pricesByPeriod(line) === on) return document
  const periods = periodsOf(document).map(idOf)
  const rates = Object.entries(line.rates).map(([season, rate]) => {
    const first = firstOf(rate)
    return [season, on ? Object.fromEntries(periods.map((id) => [id, first])) : first]
  })
  const { tiers: _, ...rest } = line
  return withPlainAmounts(withValue(document, ['lines', index], { ...rest, rates: Object.fromEntries(rates) }))
}

/** Where no line has tiers any more, no amount depends on the tier reached. */
function withPlainAmounts(document: Json): Json {
  const lines = linesOf(document)
  if (lines.some((line) => tierCount(line) > 0)) return document
  return lines.reduce<Json>((changed, line, index) => ('amount_by_tier' in line ? withAmountByTier(changed, index, false) : changed), document)
}

function firstOf(rate: Json): Json {
  if (Array.isArray(rate)) return rate[0] ?? '0'
  return isObject(rate) ? (Object.values(rate)[0] ?? '0') : rate
}

/** The prices by period of every line and season changed alike. */
function withPrices(document: Json, change: (prices: Fields) => Fields): Json {
  const lines = linesOf(document).map((line) => {
    if (!pricesByPeriod(line)) return line
    const rates = Object.entries(line.rates as Fields).map(([season, rate]) => [season, isObject(rate) ? change(rate) : rate])
    return { ...line, rates: Object.fromEntries(rates) }
  })
  return withValue(document, ['lines'], lines)
}
