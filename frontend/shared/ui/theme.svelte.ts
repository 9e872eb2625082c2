/** The theme of this device: the system's, or the one chosen by hand. */
export type ThemeChoice = 'auto' | 'light' | 'dark'

const KEY = 'campus.theme'

class Theme {
  choice = $state<ThemeChoice>('auto')
  reducedMotion = $state(false)

  /** Follow the system from now on, unless a theme was chosen; the first paint was already right. */
  start(): void {
    const kept = localStorage.getItem(KEY)
    this.choice = kept === 'light' || kept === 'dark' ? kept : 'auto'
    this.reducedMotion = localStorage.getItem('campus.motion') === 'reduced'
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#paint())
    this.#paint()
  }

  choose(choice: ThemeChoice): void {
    this.choice = choice
    if (choice === 'auto') localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, choice)
    this.#paint()
  }

  reduceMotion(reduced: boolean): void {
    this.reducedMotion = reduced
    if (reduced) localStorage.setItem('campus.motion', 'reduced')
    else localStorage.removeItem('campus.motion')
    this.#paint()
  }

  #paint(): void {
    const root = document.documentElement
    const dark = this.choice === 'dark' || (this.choice === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
    root.dataset['theme'] = dark ? 'dark' : 'light'
    if (this.reducedMotion) root.dataset['motion'] = 'reduced'
    else delete root.dataset['motion']
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', dark ? '#0F1A1C' : '#FAF6EC')
  }
}

export const theme = new Theme()
