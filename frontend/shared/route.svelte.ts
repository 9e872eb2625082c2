/** Where in a surface we are: the part after `#/`, split at slashes. One address serves the whole surface. */
class Route {
  parts = $state<string[]>([])
  #depth = 0

  /** Follow the address; `first` is where an empty address leads. */
  start(first: string): void {
    const read = () => {
      const path = location.hash.replace(/^#\/?/, '')
      if (!path) return location.replace(`#/${first}`)
      this.parts = path.split('/').map(decodeURIComponent)
    }
    window.addEventListener('hashchange', () => {
      this.#depth++
      read()
    })
    read()
  }

  /** Go there; the way back leads here. */
  go(path: string): void {
    location.hash = `/${path}`
  }

  /** Leave a sheet: one step back when we came from inside, else to `parent`. */
  leave(parent: string): void {
    if (this.#depth > 0) {
      this.#depth -= 2
      history.back()
    } else location.replace(`#/${parent}`)
  }
}

export const route = new Route()
