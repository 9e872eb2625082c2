import type { Tone } from './voice.ts'

const KEY = 'campus.counter.quiet'

export const isQuiet = () => localStorage.getItem(KEY) === '1'

export function beQuiet(quiet: boolean): void {
  if (quiet) localStorage.setItem(KEY, '1')
  else localStorage.removeItem(KEY)
}

/** Let a verdict be heard; silent where the device has no sound or has not been touched yet. */
export function sound(tone: Tone): void {
  if (isQuiet() || typeof AudioContext === 'undefined') return
  void import('./voice.ts').then(({ play }) => play(tone), () => undefined)
}
