import { answer, api, once } from '$shared/api/client.ts'
import { Resource } from '$shared/api/resource.svelte.ts'
import type { Announcements, NewAnnouncement } from '$shared/api/shapes.ts'
import { sendOnce } from '$shared/api/writes.ts'
import { desk, today } from '../desk.svelte.ts'

/** What the residents of this house were told, newest first. */
export const announcements = new Resource<Announcements>(async () => {
  if (!desk.residence) await today.fresh()
  return answer(api.GET('/api/v1/manage/announcements/', { params: { query: { residence: desk.residence } } }))
})

/** Tell everybody who lives here today; each reads it in a language that is there. */
export async function announce(words: Omit<NewAnnouncement, 'residence'>): Promise<void> {
  const body = { residence: desk.residence, ...words }
  await sendOnce(`announce ${JSON.stringify(body)}`, (key) => answer(api.POST('/api/v1/manage/announcements/', { body, ...once(key) })))
  await announcements.load()
}

/** Take the words back from everybody. */
export async function withdraw(uid: string): Promise<void> {
  const params = { path: { uid } }
  await sendOnce(`withdraw ${uid}`, (key) => answer(api.POST('/api/v1/manage/announcements/{uid}/withdraw/', { params, ...once(key) })))
  await announcements.load()
}
