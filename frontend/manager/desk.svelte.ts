import { answer, api, newKey, once } from '$shared/api/client.ts'
import { Resource } from '$shared/api/resource.svelte.ts'
import type { DeliveryReport, DeliveryRow, ManagedRooms, Page, RoomDrawer, TakenIn, Today } from '$shared/api/shapes.ts'

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

/** Hand in a file of readings. The answer is its report, line by line. */
export async function upload(file: File): Promise<TakenIn> {
  const body = new FormData()
  body.append('file', file)
  try {
    return await answer(
      api.POST('/api/v1/manage/deliveries/', { params: { query: query() }, body: body as never, bodySerializer: (form) => form as never }),
    )
  } finally {
    today.forget()
    rooms.forget()
    await deliveries.load()
  }
}

/** Have a night closed again: what is unchanged writes nothing, what changed becomes a revision. */
export async function rerun(day: string): Promise<void> {
  await answer(api.POST('/api/v1/manage/nights/{day}/rerun/', { params: { path: { day } }, ...once(newKey()) }))
}
