import { answer, api, once } from '$shared/api/client.ts'
import { Resource } from '$shared/api/resource.svelte.ts'
import type { Corrections, MeterHistory, Meters, Outcome, RoomEdits, Watch } from '$shared/api/shapes.ts'
import { sendOnce } from '$shared/api/writes.ts'
import { desk, rooms, today } from '../desk.svelte.ts'

const here = () => ({ query: desk.residence ? { residence: desk.residence } : {} })

export const meters = new Resource<Meters>(() => answer(api.GET('/api/v1/manage/meters/', { params: here() })))
export const watch = new Resource<Watch>(() => answer(api.GET('/api/v1/manage/watch/', { params: here() })))
export const corrections = new Resource<Corrections>(() => answer(api.GET('/api/v1/manage/corrections/', { params: here() })))
export const historyOf = (uid: string) => new Resource<MeterHistory>(() => answer(api.GET('/api/v1/manage/meters/{uid}/', { params: { path: { uid } } })))
export const editsOf = (uid: string) => new Resource<RoomEdits>(() => answer(api.GET('/api/v1/manage/rooms/{uid}/edits/', { params: { path: { uid } } })))

/** What every kind of event tells: when, with which readings, and a word about it. */
export interface Told {
  at: string
  note: string
  serial: string
  digits: number
  final_kwh: string | null
  initial_kwh: string | null
}

export type Deed = 'exchange' | 'reset' | 'remove'

/** What was done to a meter; the days that it changes are closed again soon. */
export async function record(uid: string, deed: Deed, told: Told): Promise<void> {
  const path = { params: { path: { uid } } }
  const { at, note, serial, digits, final_kwh, initial_kwh } = told
  await sendOnce(`${deed}/${uid}`, (key) => {
    const head = once(key)
    if (deed === 'remove') return answer(api.POST('/api/v1/manage/meters/{uid}/remove/', { ...path, body: { at, note, final_kwh }, ...head }))
    if (deed === 'reset') return answer(api.POST('/api/v1/manage/meters/{uid}/reset/', { ...path, body: { at, note, final_kwh: final_kwh ?? '0', initial_kwh: initial_kwh ?? '0' }, ...head }))
    return answer(api.POST('/api/v1/manage/meters/{uid}/exchange/', { ...path, body: { at, note, serial, digits, breaker_amps: 16, final_kwh, initial_kwh }, ...head }))
  })
  await meters.load()
}

/** What a meter measures: a site meter counts what came in, and what was fed back. */
export type Measures = 'IMPORT' | 'EXPORT' | 'BOTH'

/** A meter begins to serve a room or an area. */
export async function install(place: string, measures: Measures, told: Told): Promise<void> {
  const { at, note, serial, digits, initial_kwh } = told
  const flows = measures === 'BOTH' ? (['IMPORT', 'EXPORT'] as const) : ([measures] as const)
  const body = { place, flows: [...flows], at, note, serial, digits, breaker_amps: 16, initial_kwh }
  await sendOnce(`install/${serial}`, (key) => answer(api.POST('/api/v1/manage/meters/', { params: here(), body, ...once(key) })))
  await meters.load()
}

/** Say what a room used on a day, and why; null takes it back. */
export async function editDay(uid: string, day: string, kwh: string | null, reason: string): Promise<void> {
  const params = { path: { uid } }
  await sendOnce(`edit/${uid}/${day}`, (key) => answer(api.POST('/api/v1/manage/rooms/{uid}/edits/', { params, body: { day, kwh, reason }, ...once(key) })))
  rooms.forget()
  corrections.forget()
}

/** Who gains and who loses if some corrections are accepted together; changes nothing. */
export const preview = (uids: string[]): Promise<Outcome> => answer(api.POST('/api/v1/manage/corrections/preview/', { params: here(), body: { uids } }))

export async function decide(way: 'accept' | 'decline', uids: string[], note: string): Promise<void> {
  const path = `/api/v1/manage/corrections/${way}/` as const
  await sendOnce(`${way}/${uids.join()}`, (key) => answer(api.POST(path, { params: here(), body: { uids, note }, ...once(key) })))
  today.forget()
  rooms.forget()
  await Promise.all([corrections.load(), watch.load()])
}

export async function planSwitchOff(room: string, starts_at: string, minutes: number): Promise<void> {
  await sendOnce(`off/${room}/${starts_at}`, (key) => answer(api.POST('/api/v1/manage/switch-offs/', { body: { room, starts_at, minutes }, ...once(key) })))
  await watch.load()
}

export async function judgeCrossed(uid: string, since: string | null): Promise<void> {
  const params = { path: { uid } }
  await sendOnce(`crossed/${uid}`, (key) =>
    since === null
      ? answer(api.POST('/api/v1/manage/crossed/{uid}/dismiss/', { params, body: { note: '' }, ...once(key) }))
      : answer(api.POST('/api/v1/manage/crossed/{uid}/confirm/', { params, body: { since, note: '' }, ...once(key) })),
  )
  await Promise.all([watch.load(), meters.load()])
}

export async function tellOutage(day: string, note: string, failed: boolean): Promise<void> {
  const path = failed ? '/api/v1/manage/outages/' : '/api/v1/manage/outages/withdraw/'
  await sendOnce(`outage/${day}/${failed}`, (key) => answer(api.POST(path, { params: here(), body: { day, note }, ...once(key) })))
  await watch.load()
}
