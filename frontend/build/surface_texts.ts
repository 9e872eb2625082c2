import { readFileSync } from 'node:fs'

import type { Plugin } from 'vite'

/** Texts that only one surface speaks, by the first word of their keys; every other text belongs to all. */
const ONLY: Record<string, string> = {
  ...of('student', 'activities bill coupon days game hours host me objection offer passbook range rank savings usual welcome why'),
  ...of('manager', 'delivery manager night part rooms status today upload'),
  ...of('counter', 'counter verdict'),
}
/** Words of another surface that a surface uses all the same. */
const ALSO: Record<string, string[]> = {
  manager: ['usual', 'days', 'me'],
  counter: ['me'],
}

function of(surface: string, words: string): Record<string, string> {
  return Object.fromEntries(words.split(' ').map((word) => [word, surface]))
}

/** Whether a surface needs a text. */
export function speaks(surface: string, key: string): boolean {
  const word = key.split('.')[0]!
  const owner = ONLY[word]
  return owner === undefined || owner === surface || (ALSO[surface] ?? []).includes(word)
}

/** `catalogue.json?surface=counter` is the part of a catalogue that the counter needs. */
export function surfaceTexts(): Plugin {
  return {
    name: 'surface-texts',
    enforce: 'pre',
    load(id) {
      const [path, surface] = id.split('?surface=')
      if (!surface || !path) return null
      const all = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>
      const texts = Object.fromEntries(Object.entries(all).filter(([key]) => speaks(surface, key)))
      return { code: `export default JSON.parse(${JSON.stringify(JSON.stringify(texts))})`, moduleType: 'js' }
    },
  }
}
