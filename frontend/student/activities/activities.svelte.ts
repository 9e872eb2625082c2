import { answer, api, newKey, once } from '$shared/api/client.ts'
import { readAllAnew, Resource } from '$shared/api/resource.svelte.ts'
import type { Activity, ActivityDetail, Page } from '$shared/api/shapes.ts'

export type When = 'upcoming' | 'past'

const list = (when: When) =>
  new Resource<Page<Activity>>(() => answer(api.GET('/api/v1/activities/', { params: { query: { when } } })), `activities/${when}`)

export const lists: Record<When, Resource<Page<Activity>>> = { upcoming: list('upcoming'), past: list('past') }

const details = new Map<string, Resource<ActivityDetail>>()

export function activityOf(uid: string): Resource<ActivityDetail> {
  const path = { uid }
  const found =
    details.get(uid) ?? new Resource<ActivityDetail>(() => answer(api.GET('/api/v1/activities/{uid}/', { params: { path } })))
  details.set(uid, found)
  return found
}

export interface Draft {
  title: string
  about: string
  place: string
  starts_at: string
  ends_at: string
  capacity: number
}

export async function host(draft: Draft): Promise<Activity> {
  const made = await answer(api.POST('/api/v1/activities/', { body: draft }))
  await lists.upcoming.load()
  return made
}

export const join = (uid: string) => change(uid, answer(api.POST('/api/v1/activities/{uid}/join/', { params: { path: { uid } } })))
export const leave = (uid: string) => change(uid, answer(api.POST('/api/v1/activities/{uid}/leave/', { params: { path: { uid } } })))

export const cancel = (uid: string) => change(uid, answer(api.POST('/api/v1/activities/{uid}/cancel/', { params: { path: { uid } } })))

const keys = new Map<string, string>()

/** Confirm who was there; the same key is used again when the first answer was lost. */
export async function confirm(uid: string, present: string[]): Promise<void> {
  const key = keys.get(uid) ?? newKey()
  keys.set(uid, key)
  const params = { path: { uid } }
  await change(uid, answer(api.POST('/api/v1/activities/{uid}/confirm/', { params, body: { present }, ...once(key) })))
  keys.delete(uid)
}

async function change(uid: string, call: Promise<unknown>): Promise<void> {
  await call
  readAllAnew()
  await Promise.all([lists.upcoming.load(), activityOf(uid).load()])
  if (lists.past.value) await lists.past.load()
}
