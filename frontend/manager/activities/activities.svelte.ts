import { answer, api, once } from '$shared/api/client.ts'
import { Resource } from '$shared/api/resource.svelte.ts'
import type { WatchedActivities } from '$shared/api/shapes.ts'
import { sendOnce } from '$shared/api/writes.ts'

/** Everything that is or was hosted on the campus, newest first. */
export const hosted = new Resource<WatchedActivities>(() => answer(api.GET('/api/v1/manage/activities/')))

/** Call one off: nobody is paid, host and guests are told why. */
export async function callOff(uid: string, reason: string): Promise<void> {
  const params = { path: { uid } }
  await sendOnce(`call off ${uid} ${reason}`, (key) =>
    answer(api.POST('/api/v1/manage/activities/{uid}/call-off/', { params, body: { reason }, ...once(key) })),
  )
  await hosted.load()
}
