import { answer, api } from '$shared/api/client.ts'
import { Resource } from '$shared/api/resource.svelte.ts'
import type { NewsPage, Topics, Unread } from '$shared/api/shapes.ts'

export const bell = new Resource<Unread>(() => answer(api.GET('/api/v1/notices/bell/')), 'bell')
export const news = new Resource<NewsPage>(() => answer(api.GET('/api/v1/notices/')), 'news')
export const topics = new Resource<Topics>(() => answer(api.GET('/api/v1/notices/topics/')))

/** Everything that was told so far has been looked at. */
export async function readAll(): Promise<void> {
  bell.put(await answer(api.POST('/api/v1/notices/bell/')))
}

export async function choose(topic: Topics[number]['topic'], wanted: boolean): Promise<void> {
  topics.put(await answer(api.PUT('/api/v1/notices/topics/', { body: { topic, wanted } })))
}
