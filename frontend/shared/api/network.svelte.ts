/** Whether the campus can be reached: the browser's word, corrected by what requests met. */
class Network {
  online = $state(true)
  #probe: ReturnType<typeof setTimeout> | undefined

  constructor() {
    if (typeof window === 'undefined') return
    this.online = navigator.onLine
    window.addEventListener('online', () => this.met())
    window.addEventListener('offline', () => this.lost())
  }

  /** An answer came. */
  met(): void {
    this.online = true
    clearTimeout(this.#probe)
    this.#probe = undefined
  }

  /** No answer came; ask now and then whether the campus is back. */
  lost(): void {
    this.online = false
    this.#probe ??= setTimeout(() => void this.#ask(), 8_000)
  }

  async #ask(): Promise<void> {
    this.#probe = undefined
    try {
      const answer = await fetch('/healthz', { cache: 'no-store' })
      if (answer.ok) this.met()
      else this.lost()
    } catch {
      this.lost()
    }
  }
}

export const network = new Network()
