import { answer, api, newKey, once as onceOnly } from '$shared/api/client.ts'
import { asProblem } from '$shared/api/problem.ts'
import { Resource } from '$shared/api/resource.svelte.ts'
import type { Bill, BillMonth, Credit, Days, DaySource, Forecast, Outlook, Period, PlaceboWeek, Rankings, Savings, Tips } from '$shared/api/shapes.ts'

export const days = new Resource<Days>(() => answer(api.GET('/api/v1/energy/days/')), 'days')
export const savings = new Resource<Savings>(() => answer(api.GET('/api/v1/savings/')), 'savings')
/** Where the placebo figure comes from. */
export const placebo = new Resource<PlaceboWeek[]>(() => answer(api.GET('/api/v1/savings/placebo/')), 'placebo')
export const forecast = new Resource<Forecast>(() => answer(api.GET('/api/v1/energy/forecast/')), 'forecast')
export const tips = new Resource<Tips>(() => answer(api.GET('/api/v1/tips/')), 'tips')
/** How the month of my room is going; null before its first bill. */
export const outlook = new Resource<Outlook | null>(() => orNull(answer(api.GET('/api/v1/bills/now/'))), 'outlook')

const credits = new Map<string, Resource<Credit>>()
const orders = new Map<string, Resource<Rankings>>()
const months = new Map<string, Resource<BillMonth | null>>()
const bills = new Map<string, Resource<Bill>>()
const sources = new Map<string, Resource<DaySource>>()

export function billOf(day: string): Resource<Bill> {
  return once(bills, day, () => answer(api.GET('/api/v1/bills/days/{day}/', { params: { path: { day } } })), 'bill')
}

/** The cycle that begins in a month (YYYY-MM), as I lived it; null when I had no bill in it. */
export function monthOf(month: string): Resource<BillMonth | null> {
  const read = () => orNull(answer(api.GET('/api/v1/bills/months/{month}/', { params: { path: { month } } })))
  return once(months, month, read, 'month')
}

/** My bill of a month as a file: for paper, or for a spreadsheet. */
export function billFile(month: string, kind: 'csv' | 'pdf'): Promise<Blob> {
  const options = { params: { path: { month } }, parseAs: 'blob' as const }
  const call: Promise<unknown> = kind === 'csv' ? api.GET('/api/v1/bills/months/{month}/bill.csv', options) : api.GET('/api/v1/bills/months/{month}/bill.pdf', options)
  return answer<Blob>(call as Promise<{ data?: Blob; error?: unknown; response: Response }>)
}

/** Tell the managers that a day's bill, or one line of it, is wrong. */
export async function objectTo(day: string, said: { line: string; text: string }): Promise<void> {
  const call = api.POST('/api/v1/bills/days/{day}/objection/', { params: { path: { day } }, body: said, ...onceOnly(newKey()) })
  await answer(call)
  await billOf(day).load()
}

async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading
  } catch (thrown) {
    if (['not_found', 'no_room'].includes(asProblem(thrown).code)) return null
    throw thrown
  }
}

export function sourceOf(day: string): Resource<DaySource> {
  return once(sources, day, () => answer(api.GET('/api/v1/energy/days/{day}/source/', { params: { path: { day } } })), 'source')
}

/** What a credit came from, by the first day of its period. */
export function creditOf(starts_on: string): Resource<Credit> {
  return once(credits, starts_on, () => answer(api.GET('/api/v1/savings/settlements/{starts_on}/', { params: { path: { starts_on } } })), 'credit')
}

/** Where my room stands in a week, a month or the term. */
export function rankingsOf(period: Period): Resource<Rankings> {
  return once(orders, period, () => answer(api.GET('/api/v1/rankings/', { params: { query: { period } } })), 'rankings')
}

function once<T>(store: Map<string, Resource<T>>, day: string, read: () => Promise<T>, kind: string): Resource<T> {
  const found = store.get(day) ?? new Resource(read, `${kind}/${day}`)
  store.set(day, found)
  return found
}
