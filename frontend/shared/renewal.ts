import { network } from './api/network.svelte.ts'

const KEY = 'campus.renewed'

/**
 * A newer version was put up while this page was open, and a file it wants is gone: begin anew, once.
 *
 * Without a line a file is missing for another reason, and a page that began anew could not come back.
 */
export function renewWhenOutdated(): void {
  window.addEventListener('vite:preloadError', (event) => {
    if (!network.online || sessionStorage.getItem(KEY)) return
    sessionStorage.setItem(KEY, '1')
    event.preventDefault()
    location.reload()
  })
  window.addEventListener('load', () => setTimeout(() => sessionStorage.removeItem(KEY), 10_000))
}
