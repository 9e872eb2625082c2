import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

import { describe, expect, it } from 'vitest'

import { speaks, waits } from '../../build/surface_texts.ts'

import en from './en.json' with { type: 'json' }
import ko from './ko.json' with { type: 'json' }
import { names } from './message.ts'
import zh from './zh-Hans.json' with { type: 'json' }

const catalogues: Record<string, Record<string, string>> = { ko, en, 'zh-Hans': zh }
const keys = Object.keys(en).sort()
const root = join(import.meta.dirname, '../..')

function* sources(folder = root): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (['node_modules', 'dist', 'generated'].includes(entry.name)) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* sources(path)
    else if (/\.(svelte|ts)$/.test(entry.name) && !entry.name.includes('.test.')) yield path
  }
}

/** Every text in quotes, and every template as a pattern: a superset of the keys in use. */
function mentioned(folder = root): { exact: Set<string>; patterns: RegExp[]; called: Map<string, string> } {
  const exact = new Set<string>()
  const patterns: RegExp[] = []
  const called = new Map<string, string>()
  for (const path of sources(folder)) {
    const text = readFileSync(path, 'utf8')
    for (const match of text.matchAll(/'([A-Za-z][\w.]*)'/g)) exact.add(match[1]!)
    for (const match of text.matchAll(/\bt\(\s*'([^']*)'/g)) called.set(match[1]!, relative(root, path))
    for (const match of text.matchAll(/`([A-Za-z][\w.]*\.)\$\{[^}]*\}([\w.]*)`/g)) {
      patterns.push(new RegExp(`^${match[1]!.replaceAll('.', '\\.')}\\w+${match[2]!.replaceAll('.', '\\.')}$`))
    }
  }
  return { exact, patterns, called }
}

/** The values a text shows; a number that only chooses between "room" and "rooms" is not shown. */
function told(message: string): string[] {
  const silent = [...message.matchAll(/\{(\w+), plural, ([^#{}]*(?:\{[^#{}]*\}[^#{}]*)*)\}/g)].map((match) => match[1]!)
  return names(message).filter((name) => !silent.includes(name))
}

describe('the three catalogues', () => {
  it.each(Object.keys(catalogues))('%s has every key and no other', (language) => {
    expect(Object.keys(catalogues[language]!).sort()).toEqual(keys)
  })

  it.each(keys)('%s says something in each language, with the same values', (key) => {
    for (const texts of Object.values(catalogues)) {
      expect(texts[key]!.trim()).not.toBe('')
      expect(told(texts[key]!)).toEqual(told(en[key as keyof typeof en]))
    }
  })

  it('is written without exclamation marks', () => {
    for (const texts of Object.values(catalogues)) expect(Object.values(texts).filter((text) => /[!！]/.test(text))).toEqual([])
  })
})

describe('the part of a surface', () => {
  it.each(['student', 'manager', 'counter'])('%s has every text that its code asks for', (surface) => {
    // What tells of savings is shared by two surfaces only.
    const shared = [...mentioned(join(root, 'shared')).called].filter(([, path]) => surface !== 'counter' || !path.startsWith('shared/savings/'))
    const asked = new Set([...mentioned(join(root, surface)).exact, ...shared.map(([key]) => key)])
    const silent = keys.filter((key) => asked.has(key) && !speaks(surface, key))
    expect(silent).toEqual([])
  })
})

describe('the first screen of a surface', () => {
  it.each([
    {
      surface: 'student',
      places: ['student/campus', 'game', 'shared'],
      // Opened later; why something was refused is told of what is done there.
      but: /^(game\/(parts\/|words)|shared\/(energy\/|savings\/|ui\/(BarChart|Ledger)))/,
    },
    { surface: 'counter', places: ['shared'], but: /^shared\/savings\// },
  ])('$surface has its texts without the later part', ({ surface, places, but }) => {
    const asked = places.flatMap((place) => [...mentioned(join(root, place)).called]).filter(([, path]) => !but.test(path))
    expect(asked.map(([key]) => key).filter((key) => waits(surface, key))).toEqual([])
  })
})

describe('the code', () => {
  const { exact, patterns, called } = mentioned()

  it('asks only for texts that exist', () => {
    expect([...called].filter(([key]) => !keys.includes(key))).toEqual([])
  })

  it('leaves no text unused', () => {
    expect(keys.filter((key) => !exact.has(key) && !patterns.some((pattern) => pattern.test(key)))).toEqual([])
  })
})
