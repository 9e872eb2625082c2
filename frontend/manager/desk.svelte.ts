import { answer, api, newKey, once } from '$shared/api/client.ts'
import { Resource } from '$shared/api/resource.svelte.ts'
import type { DeviceKey, DeliveryReport, DeliveryRow, IssuedKey, ManagedRooms, Page, RoomDrawer, SourceProfile, TakenIn, Today } from '$shared/api/shapes.ts'

class Desk {
  /** The residence that is looked at; empty until the first answer names one. */
  residence = $state('')
}

export const desk = new Desk()

const query = () => (desk.residence ? { residence: desk.residence } : {})

export const today = new Resource<Today>(async () => {
  const value: Today = await answer(api.GET('/api/v1/manage/today/', { params: { query: query() } }))
  desk.residence ||= value.residence.uid
  return value
})

export const rooms = new Resource<ManagedRooms>(async () => {
  if (!desk.residence) await today.fresh()
  return answer(api.GET('/api/v1/manage/rooms/', { params: { query: { residence: desk.residence } } }))
})

export const deliveries = new Resource<Page<DeliveryRow>>(() => answer(api.GET('/api/v1/manage/deliveries/', { params: { query: query() } })))

export const readRoom = (uid: string) =>
  new Resource<RoomDrawer>(() => answer(api.GET('/api/v1/manage/rooms/{uid}/', { params: { path: { uid } } })))

export const readDelivery = (uid: string) =>
  new Resource<DeliveryReport>(() => answer(api.GET('/api/v1/manage/deliveries/{uid}/', { params: { path: { uid } } })))

/** Look at another residence: what is shown belongs to the old one and is read anew. */
export async function moveTo(residence: string): Promise<void> {
  desk.residence = residence
  rooms.forget()
  await Promise.all([today.load(), rooms.load(), deliveries.load()])
}

/** Hand in a file of readings, with what was answered about it. The answer is its report, line by line. */
/** What is said of how a file is to be read: a saved profile, answers besides, and under which name to keep them. */
export interface Said {
  profile?: string
  answers?: Answers
  saveAs?: string
}

export type Answers = Record<string, string | Record<string, string>>

export const profiles = new Resource<SourceProfile[]>(() => answer(api.GET('/api/v1/manage/profiles/', { params: { query: query() } })))

export async function upload(file: File, { profile = '', answers = {}, saveAs = '' }: Said): Promise<TakenIn> {
  const body = new FormData()
  body.append('file', file)
  if (profile) body.append('profile', profile)
  if (Object.keys(answers).length) body.append('answers', JSON.stringify(answers))
  if (saveAs.trim()) body.append('save_as', saveAs.trim())
  try {
    return await answer(
      api.POST('/api/v1/manage/deliveries/', { params: { query: query() }, body: body as never, bodySerializer: (form) => form as never }),
    )
  } finally {
    today.forget()
    rooms.forget()
    if (saveAs.trim()) profiles.forget()
    await deliveries.load()
  }
}

export const deviceKeys = new Resource<DeviceKey[]>(() => answer(api.GET('/api/v1/manage/device-keys/', { params: { query: query() } })))

/** A key for a gateway; its secret is told this once. */
export async function issueKey(name: string): Promise<IssuedKey> {
  const key: IssuedKey = await answer(
    api.POST('/api/v1/manage/device-keys/', { params: { query: query() }, body: { name }, ...once(newKey()) }),
  )
  await deviceKeys.load()
  return key
}

export async function revokeKey(uid: string): Promise<void> {
  await answer(api.POST('/api/v1/manage/device-keys/{uid}/revoke/', { params: { path: { uid }, query: query() }, ...once(newKey()) }))
  await deviceKeys.load()
}

/** Have a night closed again: what is unchanged writes nothing, what changed becomes a revision. */
export async function rerun(day: string): Promise<void> {
  await answer(api.POST('/api/v1/manage/nights/{day}/rerun/', { params: { path: { day } }, ...once(newKey()) }))
}
