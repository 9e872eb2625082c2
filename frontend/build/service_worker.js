// Keeps the shell of one surface, so that it opens without a network. Data is kept by the surface itself.
const PAGE = '__PAGE__'
const FILES = [/* __FILES__ */]
const OWN = 'campus-shell-__SURFACE__-'
const SHELL = `${OWN}__VERSION__`

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(SHELL)
      .then((cache) => cache.addAll([PAGE, ...FILES]))
      .then(() => self.skipWaiting()),
  )
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => name.startsWith(OWN) && name !== SHELL))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  )
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (request.mode === 'navigate' && url.pathname === PAGE) event.respondWith(page(request))
  else if (url.pathname.startsWith('/static/app/assets/')) event.respondWith(asset(request))
})

/** The newest page when there is a network, the kept one when there is none. */
async function page(request) {
  const cache = await caches.open(SHELL)
  try {
    const answer = await fetch(request)
    if (answer.ok) await cache.put(PAGE, answer.clone())
    return answer
  } catch {
    return (await cache.match(PAGE)) ?? Response.error()
  }
}

/** Names carry a hash of the content: what is kept is never out of date. */
async function asset(request) {
  const kept = await caches.match(request)
  return kept ?? fetch(request)
}
