import { answer, api } from '$shared/api/client.ts'
import { Resource } from '$shared/api/resource.svelte.ts'
import type { Home } from '$shared/api/shapes.ts'

/** The first screen in one request: yesterday, balances, what is ready. */
export const home = new Resource<Home>(() => answer(api.GET('/api/v1/home/')), 'home')
