import createClient, { type Middleware } from 'openapi-fetch'

import type { paths } from '$shared/generated/schema'
import { speech } from '$shared/i18n/index.svelte.ts'
import { network } from './network.svelte.ts'
import { type Fault, Problem, silence } from './problem.ts'

const manners: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', speech.language)
    if (request.method !== 'GET') request.headers.set('X-CSRFToken', cookie('csrftoken'))
    return request
  },
  onResponse() {
    network.met()
  },
  onError() {
    network.lost()
    return silence()
  },
}

/** The one door to the campus: typed by its description, in the language of the page, with CSRF. */
export const api = createClient<paths>({ credentials: 'same-origin' })
api.use(manners)

export function cookie(name: string): string {
  const found = document.cookie.split('; ').find((pair) => pair.startsWith(`${name}=`))
  return found ? decodeURIComponent(found.slice(name.length + 1)) : ''
}

let onSignedOut = () => {}

/** Who has to know that a request met a closed door. */
export function whenSignedOut(tell: () => void): void {
  onSignedOut = tell
}

/**
 * The data of an answer.
 *
 * @throws Problem when the campus refuses or cannot be reached
 */
export async function answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call
  if (response.ok) return data as T
  if (response.status === 401) onSignedOut()
  throw told(error, response.status)
}

function told(body: unknown, status: number): Problem {
  const problem = (typeof body === 'object' && body !== null ? body : {}) as {
    code?: string
    detail?: string
    errors?: Fault[]
    facts?: Record<string, string>
    request_id?: string
  }
  return new Problem({ ...problem, code: problem.code ?? `http_${status}`, status })
}

/** The header that makes a write happen once. */
export const once = (key: string) => ({ headers: { 'Idempotency-Key': key } })

/** A key under which a write that moves value happens once, however often it is sent. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
