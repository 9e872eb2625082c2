import { answer, api, once } from '$shared/api/client.ts'
import { Resource } from '$shared/api/resource.svelte.ts'
import type { ManagedObjection, ManagedObjectionDetail, Page } from '$shared/api/shapes.ts'
import { sendOnce } from '$shared/api/writes.ts'

export type Which = 'OPEN' | 'ALL'

const list = (which: Which) =>
  new Resource<Page<ManagedObjection>>(() => answer(api.GET('/api/v1/manage/objections/', { params: { query: which === 'OPEN' ? { state: 'OPEN' } : {} } })))

/** What residents said is wrong: what waits for an answer, and everything. */
export const lists: Record<Which, Resource<Page<ManagedObjection>>> = { OPEN: list('OPEN'), ALL: list('ALL') }

export const objectionOf = (uid: string) =>
  new Resource<ManagedObjectionDetail>(() => answer(api.GET('/api/v1/manage/objections/{uid}/', { params: { path: { uid } } })))

/** Answer once; the resident reads it beside the line. */
export async function reply(uid: string, state: 'ACCEPTED' | 'DECLINED', text: string): Promise<void> {
  const params = { path: { uid } }
  await sendOnce(`answer/${uid}`, (key) => answer(api.POST('/api/v1/manage/objections/{uid}/answer/', { params, body: { state, text }, ...once(key) })))
  await Promise.all([lists.OPEN.load(), lists.ALL.load()])
}
