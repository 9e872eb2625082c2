/** The seasons of a tariff by whole months, and the months of its quota. Each edit answers a new document. */

import { at, isObject, type Json, withValue, without } from './tariff_document.ts'
import { ALL_YEAR, type Fields, freeName, linesOf } from './tariff_lines.ts'

export const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const
const LAST_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

export function seasonsOf(document: Json | undefined): Fields[] {
  const seasons = at(document, ['seasons'])
  return Array.isArray(seasons) ? seasons.map((season) => (isObject(season) ? season : {})) : []
}

const idOf = (season: Fields) => String(season.id ?? '')
const two = (number: number) => String(number).padStart(2, '0')

/** The months that ranges of MM-DD days make up; undefined where they are not whole months. */
export function monthsOf(ranges: Json | undefined): number[] | undefined {
  if (ranges === undefined) return []
  if (!Array.isArray(ranges)) return undefined
  const found = ranges.map(monthsOfRange)
  return found.some((months) => !months) ? undefined : found.flatMap((months) => months!).sort((one, other) => one - other)
}

function monthsOfRange(range: Json): number[] | undefined {
  if (!Array.isArray(range)) return undefined
  const [first, last] = range.map((end) => /^(\d\d)-(\d\d)$/.exec(String(end))?.slice(1).map(Number))
  const [from, to] = [first?.[0] ?? 0, last?.[0] ?? 0]
  const whole = first?.[1] === 1 && (last?.[1] === LAST_DAYS[to - 1] || (to === 2 && last?.[1] === 28))
  if (!whole || from < 1 || from > 12) return undefined
  return Array.from({ length: ((to - from + 12) % 12) + 1 }, (_, step) => ((from - 1 + step) % 12) + 1)
}

/** Months as ranges of days, one for each run; a run may pass the new year. */
export function rangesOf(months: readonly number[]): [string, string][] {
  const isIn = (month: number) => months.includes(((month + 11) % 12) + 1)
  if (months.length === 12) return [['01-01', '12-31']]
  return MONTHS.filter((month) => isIn(month) && !isIn(month - 1)).map((first) => {
    let last: number = first
    while (isIn(last + 1)) last += 1
    const month = ((last - 1) % 12) + 1
    return [`${two(first)}-01`, `${two(month)}-${LAST_DAYS[month - 1]}`]
  })
}

/** One more season; the first comes with one for the rest of the year. */
export function withSeason(document: Json): Json {
  const seasons = seasonsOf(document)
  const added = seasons.length
    ? { id: freeName('season', seasons.map(idOf)), ranges: [] }
    : { id: 'summer', ranges: rangesOf([7, 8]) }
  const rest = seasons.length ? seasons : [{ id: 'other', default: true }]
  return withValue(document, ['seasons'], [added, ...rest])
}

/** Without a season, its prices and its hours; the prices of the last one hold all year. */
export function withoutSeason(document: Json, index: number): Json {
  const gone = idOf(seasonsOf(document)[index] ?? {})
  const fewer = without(document, ['seasons', index])
  const kept = seasonsOf(fewer).length ? fewer : without(fewer, ['seasons'])
  const priced = withPrices(kept, (prices) => {
    const { [gone]: own, ...others } = prices
    return Object.keys(others).length || own === undefined ? others : { [ALL_YEAR]: own }
  })
  return withPeriodSeasons(priced, (names) => names.filter((name) => name !== gone))
}

/** A season under another name, which its prices and periods follow, unless the name is taken or none. */
export function withSeasonNamed(document: Json, index: number, id: string): Json {
  const before = at(document, ['seasons', index, 'id'])
  const named = withValue(document, ['seasons', index, 'id'], id)
  if (!id || id === ALL_YEAR || seasonsOf(document).some((season) => season.id === id)) return named
  const prices = withPrices(named, (fields) => Object.fromEntries(Object.entries(fields).map(([key, value]) => [key === before ? id : key, value])))
  return withPeriodSeasons(prices, (names) => names.map((name) => (name === before ? id : name)))
}

/** The `seasons` of every window of the periods changed alike; none left means all. */
function withPeriodSeasons(document: Json, change: (names: Json[]) => Json[]): Json {
  const periods = at(document, ['periods'])
  return periods === undefined ? document : withValue(document, ['periods'], inWindows(periods, change))
}

function inWindows(value: Json, change: (names: Json[]) => Json[]): Json {
  if (Array.isArray(value)) return value.map((one) => inWindows(one, change))
  if (!isObject(value)) return value
  const entries = Object.entries(value).map(([key, one]) => [key, key === 'seasons' && Array.isArray(one) ? change(one) : inWindows(one, change)] as const)
  return Object.fromEntries(entries.filter(([key, one]) => key !== 'seasons' || !Array.isArray(one) || one.length))
}

/** A month given to a season, which takes it from every other, or taken from it. */
export function withMonth(document: Json, index: number, month: number, on: boolean): Json {
  const seasons = seasonsOf(document).map((season, place) => {
    const months = monthsOf(season.ranges)
    if (!months || (place !== index && !months.includes(month))) return season
    const others = months.filter((one) => one !== month)
    return { ...season, ranges: rangesOf(place === index && on ? [...others, month] : others) }
  })
  return withValue(document, ['seasons'], seasons)
}

/** Every table of prices by season changed alike. */
function withPrices(document: Json, change: (prices: Fields) => Fields): Json {
  const lines = linesOf(document).map((line) => ({
    ...line,
    ...(isObject(line.tiers) && { tiers: change(line.tiers) }),
    ...(isObject(line.rates) && { rates: change(line.rates) }),
  }))
  return withValue(document, ['lines'], lines)
}

/** Free kWh for every occupant and month, or none. */
export function withQuota(document: Json, on: boolean): Json {
  if (!on) return without(document, ['quota'])
  return withValue(document, ['quota'], { kwh: '8', per: 'occupant-month', months: [...MONTHS], unused: 'expire' })
}

/** The months with free kWh: every one where none is named. */
export function quotaMonths(document: Json): number[] {
  const months = at(document, ['quota', 'months'])
  return Array.isArray(months) ? months.map(Number) : [...MONTHS]
}

export function withQuotaMonth(document: Json, month: number, on: boolean): Json {
  const others = quotaMonths(document).filter((one) => one !== month)
  return withValue(document, ['quota', 'months'], on ? [...others, month].sort((one, other) => one - other) : others)
}
