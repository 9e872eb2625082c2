import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'

import type { Plugin } from 'vite'

const RULES = resolve(import.meta.dirname, '../../points/game/rules.json')

/** Texts that only one surface speaks, by the first word of their keys; every other text belongs to all. */
const ONLY: Record<string, string> = {
  ...of('student', 'activities bill builder coupon credit days forecast game host hours item me month news objection observe offer passbook placebo range rank savings tip usual welcome why'),
  ...of('manager', 'announce audit billing cafe care claim correction delivery edit event fair gateway hosted manager meters night nights part rooms status sunlight today upload watch zone'),
  ...of('counter', 'counter till verdict'),
}
/** Texts of places that are opened after the first screen of a surface: they are loaded with those places. */
const LATER: Record<string, string[]> = {
  student: 'activities bill builder chart coupon credit days energy forecast host hours item ledger month news objection observe offer passbook placebo range rank savings take tip usual welcome why'.split(' '),
  counter: ['till'],
}
/** Words of another surface that a surface uses all the same. */
const ALSO: Record<string, string[]> = {
  manager: ['usual', 'days', 'host', 'me', 'placebo'],
  counter: ['me'],
}

function of(surface: string, words: string): Record<string, string> {
  return Object.fromEntries(words.split(' ').map((word) => [word, surface]))
}

/** What the items of the game are called in the language of a catalogue, as `item.<id>`. */
function namesOfItems(catalogue: string): Record<string, string> {
  const language = basename(catalogue, '.json')
  const { items } = JSON.parse(readFileSync(RULES, 'utf8')) as { items: { id: string; name: Record<string, string> }[] }
  return Object.fromEntries(items.map(({ id, name }) => [`item.${id}`, name[language]!]))
}

/** The rules of the game without the names of their items: those are texts, in one language, and come later. */
export function namelessRules(): Plugin {
  return {
    name: 'nameless-rules',
    enforce: 'pre',
    load(id) {
      if (id !== RULES) return null
      return JSON.stringify(JSON.parse(readFileSync(RULES, 'utf8')), (key, value: unknown) => (key === 'name' && isNamed(value) ? undefined : value))
    },
  }
}

function isNamed(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'ko' in value
}

/** Whether a surface needs a text. */
export function speaks(surface: string, key: string): boolean {
  const word = key.split('.')[0]!
  const owner = ONLY[word]
  return owner === undefined || owner === surface || (ALSO[surface] ?? []).includes(word)
}

/** Whether a surface can do without a text until somebody leaves its first screen. */
export function waits(surface: string, key: string): boolean {
  return (LATER[surface] ?? []).includes(key.split('.')[0]!)
}

/** `catalogue.json?surface=counter` is what the counter needs at once; with `&later` what it needs after that. */
export function surfaceTexts(): Plugin {
  return {
    name: 'surface-texts',
    enforce: 'pre',
    load(id) {
      const [path, query] = id.split('?surface=')
      const [surface, later] = query?.split('&') ?? []
      if (!surface || !path) return null
      const all = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>
      Object.assign(all, namesOfItems(path))
      const texts = Object.fromEntries(Object.entries(all).filter(([key]) => speaks(surface, key) && waits(surface, key) === (later === 'later')))
      return { code: `export default JSON.parse(${JSON.stringify(JSON.stringify(texts))})`, moduleType: 'js' }
    },
  }
}
