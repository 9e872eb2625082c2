import { answer, api } from '$shared/api/client.ts'
import { Resource } from '$shared/api/resource.svelte.ts'
import type { Bill, Days, DaySource, Rankings, Savings } from '$shared/api/shapes.ts'

export const days = new Resource<Days>(() => answer(api.GET('/api/v1/energy/days/')), 'days')
export const savings = new Resource<Savings>(() => answer(api.GET('/api/v1/savings/')), 'savings')
export const rankings = new Resource<Rankings>(() => answer(api.GET('/api/v1/rankings/')), 'rankings')

const bills = new Map<string, Resource<Bill>>()
const sources = new Map<string, Resource<DaySource>>()

export function billOf(day: string): Resource<Bill> {
  return once(bills, day, () => answer(api.GET('/api/v1/bills/days/{day}/', { params: { path: { day } } })), 'bill')
}

export function sourceOf(day: string): Resource<DaySource> {
  return once(sources, day, () => answer(api.GET('/api/v1/energy/days/{day}/source/', { params: { path: { day } } })), 'source')
}

function once<T>(store: Map<string, Resource<T>>, day: string, read: () => Promise<T>, kind: string): Resource<T> {
  const found = store.get(day) ?? new Resource(read, `${kind}/${day}`)
  store.set(day, found)
  return found
}
