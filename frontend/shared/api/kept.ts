/** What was last read, kept on this device so that it can be read without a network; gone after signing out. */
const NAME = 'campus-data'
const AT = 'x-kept-at'

const address = (key: string) => `/kept/${encodeURIComponent(key)}`
const store = () => (typeof caches === 'undefined' ? undefined : caches.open(NAME))

export async function keep(key: string, value: unknown): Promise<void> {
  const cache = await store()
  const headers = { 'content-type': 'application/json', [AT]: String(Date.now()) }
  await cache?.put(address(key), new Response(JSON.stringify(value), { headers }))
}

export async function recall<T>(key: string): Promise<{ value: T; at: number } | undefined> {
  const found = await (await store())?.match(address(key))
  if (!found) return undefined
  return { value: (await found.json()) as T, at: Number(found.headers.get(AT)) }
}

export async function forgetEverything(): Promise<void> {
  if (typeof caches !== 'undefined') await caches.delete(NAME)
}
