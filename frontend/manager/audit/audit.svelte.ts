import { answer, api } from '$shared/api/client.ts'
import { Resource } from '$shared/api/resource.svelte.ts'
import type { Audit } from '$shared/api/shapes.ts'
import { desk } from '../desk.svelte.ts'

function read(area: string, cursor = ''): Promise<Audit> {
  const query = { ...(desk.residence && { residence: desk.residence }), ...(area && { area }), ...(cursor && { cursor }) }
  return answer(api.GET('/api/v1/manage/audit/', { params: { query } }))
}

/** The newest acts of staff in an area, or in all. */
export const actsIn = (area: string) => new Resource<Audit>(() => read(area))

/** A page with the one after it at its end. */
export async function further(page: Audit, area: string): Promise<Audit> {
  const next = await read(area, page.next ?? '')
  return { ...next, results: [...page.results, ...next.results] }
}
