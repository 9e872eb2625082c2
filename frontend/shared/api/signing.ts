import { speech } from '$shared/i18n/index.svelte.ts'
import { cookie } from './client.ts'
import { network } from './network.svelte.ts'
import { type Fault, Problem, silence } from './problem.ts'

/** The browser client of the sign-in service: cookie and CSRF, its own specification. */
const BASE = '/_allauth/browser/v1'

async function ask(method: string, path: string, body?: unknown): Promise<Response> {
  try {
    const response = await fetch(BASE + path, {
      method,
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', 'Accept-Language': speech.language, 'X-CSRFToken': cookie('csrftoken') },
      body: body === undefined ? null : JSON.stringify(body),
    })
    network.met()
    return response
  } catch {
    network.lost()
    throw silence()
  }
}

/** @throws Problem when name and password do not belong together, or after too many tries */
export async function signIn(username: string, password: string): Promise<void> {
  const response = await ask('POST', '/auth/login', { username, password })
  // 409: somebody is signed in already on this device.
  if (response.ok || response.status === 409) return
  const body = (await response.json().catch(() => ({}))) as { errors?: { message: string; code: string; param?: string }[] }
  const errors: Fault[] = (body.errors ?? []).map((error) => ({ path: error.param, code: error.code, message: error.message }))
  throw new Problem({ code: errors[0]?.code ?? `http_${response.status}`, status: response.status, detail: errors[0]?.message, errors })
}

export async function signOut(): Promise<void> {
  await ask('DELETE', '/auth/session')
}
