import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'

import { build, type Rolldown } from 'vite'
import { beforeAll, describe, expect, it, vi } from 'vitest'

type Output = Rolldown.OutputChunk | Rolldown.OutputAsset

let files: Map<string, Output>

beforeAll(async () => {
  // What people get, not what developers debug.
  vi.stubEnv('NODE_ENV', 'production')
  const built = await build({
    configFile: resolve(import.meta.dirname, '../vite.config.ts'),
    logLevel: 'silent',
    build: { write: false, emptyOutDir: false },
  })
  const { output } = (Array.isArray(built) ? built[0]! : built) as Rolldown.RolldownOutput
  files = new Map(output.map((file) => [file.fileName, file]))
}, 120_000)

/** Everything that has to arrive before a screen stands: entry, screen, and one language, with its later part if asked for. */
function routeOf(entry: string, screen: string, later: boolean): Set<string> {
  const wanted = [screen, `ko.json?surface=${entry}`, later && `ko.json?surface=${entry}&later`].filter(Boolean) as string[]
  const starts = [...files.values()].filter(
    (file) => file.type === 'chunk' && ((file.isEntry && file.name === entry) || wanted.some((end) => (file.facadeModuleId ?? '').endsWith(end))),
  )
  expect(starts).toHaveLength(1 + wanted.length)
  const found = new Set<string>()
  const queue = starts.map((file) => file.fileName)
  for (const name of queue) {
    const file = files.get(name)
    if (!file || found.has(name)) continue
    found.add(name)
    if (file.type !== 'chunk') continue
    const styles = (file as { viteMetadata?: { importedCss: Set<string> } }).viteMetadata?.importedCss ?? []
    queue.push(...file.imports, ...styles)
  }
  return found
}

function gz(names: Set<string>, ending: string): number {
  const content = (file: Output) => (file.type === 'chunk' ? file.code : Buffer.from(file.source))
  return [...names]
    .filter((name) => name.endsWith(ending))
    .reduce((sum, name) => sum + gzipSync(content(files.get(name)!)).length, 0)
}

// The aim of every student's screen is 60 kB: sheets that open later should come when they open.
describe.each([
  { surface: 'student', entry: 'student', screen: 'student/campus/Campus.svelte', js: 60_000, css: 15_000 },
  { surface: 'student', entry: 'student', screen: 'student/energy/Energy.svelte', later: true, js: 60_000, css: 15_000 },
  { surface: 'manager', entry: 'manager', screen: 'manager/rooms/Rooms.svelte', js: 110_000, css: 18_000 },
  { surface: 'counter', entry: 'counter', screen: '', js: 45_000, css: 8_000 },
])('$surface $screen', ({ entry, screen, later, js, css }) => {
  const measured = () => routeOf(entry, screen, later ?? false)

  it(`needs at most ${js / 1000} kB of JavaScript, zipped`, () => {
    expect(gz(measured(), '.js')).toBeLessThanOrEqual(js)
  })
  it(`needs at most ${css / 1000} kB of styles, zipped`, () => {
    expect(gz(measured(), '.css')).toBeLessThanOrEqual(css)
  })
})

describe('the decoder of the camera', () => {
  const decoder = () => [...files.values()].find((file) => file.type === 'chunk' && (file.facadeModuleId ?? '').endsWith('qr/decode.js'))!

  it('needs at most 50 kB, zipped, and only where the browser cannot read QR codes itself', () => {
    expect(gz(new Set([decoder().fileName]), '.js')).toBeLessThanOrEqual(50_000)
    expect(routeOf('counter', '', true)).not.toContain(decoder().fileName)
  })
})

describe('the pages', () => {
  const page = (name: string) => String((files.get(`${name}/index.html`) as Rolldown.OutputAsset).source)

  it.each(['student', 'manager', 'counter', 'kit'])('%s has neither inline scripts nor inline styles', (name) => {
    expect(page(name)).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/)
  })
  it.each(['student', 'manager', 'counter', 'kit'])('%s sets theme and language before the first paint', (name) => {
    expect(page(name)).toMatch(/<head>\s*<script src="\/static\/app\/assets\/before_paint-[\w-]+\.js"><\/script>/)
  })
})

describe.each([
  { surface: 'student', worker: 'sw.js', screens: ['Energy', 'Activities', 'Passbook', 'Campus', 'Me'] },
  { surface: 'counter', worker: 'counter/sw.js', screens: ['TodayList', 'Camera', 'CloseOfDay', 'Conflicts', 'Statements'] },
])('the service worker of the $surface', ({ worker, screens }) => {
  const source = () => String((files.get(worker) as Rolldown.OutputAsset).source)

  it('keeps only files that exist', () => {
    const listed = [...source().matchAll(/"\/static\/app\/([^"]+)"/g)].map((match) => match[1]!)
    expect(listed.length).toBeGreaterThan(15)
    expect(listed.filter((name) => !files.has(name))).toEqual([])
  })
  it('keeps every language and every screen', () => {
    for (const name of ['ko', 'en', 'zh-Hans', ...screens]) expect(source()).toMatch(new RegExp(`assets/${name}-`))
  })
})
