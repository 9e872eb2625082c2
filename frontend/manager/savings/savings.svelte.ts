import { answer, api, once } from '$shared/api/client.ts'
import { Resource } from '$shared/api/resource.svelte.ts'
import type { Foresight, ManagedPlaceboWeek, Rehearsals, SavingDesk, Trial, WeatherWarning, WelfareNote } from '$shared/api/shapes.ts'
import { sendOnce } from '$shared/api/writes.ts'
import { desk } from '../desk.svelte.ts'

const here = () => ({ query: desk.residence ? { residence: desk.residence } : {} })

export const savings = new Resource<SavingDesk>(() => answer(api.GET('/api/v1/manage/savings/', { params: here() })))
/** Where the placebo figures come from. */
export const placebo = new Resource<ManagedPlaceboWeek[]>(() => answer(api.GET('/api/v1/manage/savings/placebo/', { params: here() })))
export const warnings = new Resource<WeatherWarning[]>(() => answer(api.GET('/api/v1/manage/savings/warnings/', { params: here() })))
export const notes = new Resource<WelfareNote[]>(() => answer(api.GET('/api/v1/manage/welfare/', { params: here() })))
export const rehearsals = new Resource<Rehearsals>(() => answer(api.GET('/api/v1/manage/rehearsals/', { params: here() })))

/** Draw the comparison rooms of a coming term: once, published at once. */
export async function draw(body: { term: string; comparison: number; seed: string }): Promise<void> {
  await sendOnce(`draw/${body.term}`, (key) => answer(api.POST('/api/v1/manage/savings/lottery/', { params: here(), body, ...once(key) })))
  await savings.load()
}

/** A lottery of so many rooms, tried on the campus's own readings; nothing is drawn. */
export function foresee(term: string, comparison: number): Promise<Foresight> {
  return answer(api.GET('/api/v1/manage/savings/foresight/', { params: { query: { ...here().query, term, comparison } } }))
}

export async function announce(body: { valid_from: string; ramp: Trial['ramp']; comfort_wh: number }): Promise<void> {
  await sendOnce(`saving-terms/${body.valid_from}`, (key) => answer(api.POST('/api/v1/manage/savings/terms/', { params: here(), body, ...once(key) })))
  await savings.load()
}

export async function warn(body: { kind: WeatherWarning['kind']; starts_on: string; ends_on: string }): Promise<void> {
  await sendOnce(`warn/${body.kind}/${body.starts_on}`, (key) =>
    answer(api.POST('/api/v1/manage/savings/warnings/', { params: here(), body, ...once(key) })),
  )
  await warnings.load()
}

export async function takeBack(uid: string): Promise<void> {
  await answer(api.DELETE('/api/v1/manage/savings/warnings/{uid}/', { params: { path: { uid }, ...here() } }))
  await warnings.load()
}

/** Somebody has looked after the room. */
export async function seen(uid: string): Promise<void> {
  await answer(api.POST('/api/v1/manage/welfare/{uid}/seen/', { params: { path: { uid } } }))
  await notes.load()
}

/** Ask for a past term under other terms; it is worked out in the background. */
export async function rehearse(body: Trial): Promise<void> {
  await sendOnce('rehearse', (key) => answer(api.POST('/api/v1/manage/rehearsals/', { params: here(), body, ...once(key) })))
  await rehearsals.load()
}
