import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import type { Plugin, Rolldown } from 'vite'

/** Where each surface that must open without a network has its page and its worker. */
const SURFACES = { student: '/', counter: '/counter/' }

/**
 * Write an `sw.js` beside each of these pages, with the list of files that the surface needs to start.
 *
 * The list is every chunk and style reachable from its entry, so all its screens and languages.
 */
export function offlineShell(): Plugin {
  return {
    name: 'offline-shell',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const template = readFileSync(resolve(import.meta.dirname, 'service_worker.js'), 'utf8')
      for (const [surface, page] of Object.entries(SURFACES)) {
        const files = [...reachable(bundle, surface)].sort().map((name) => `/static/app/${name}`)
        const source = template
          .replace('__PAGE__', page)
          .replace('[/* __FILES__ */]', JSON.stringify(files))
          .replace('__SURFACE__', surface)
          .replace('__VERSION__', createHash('sha256').update(files.join()).digest('hex').slice(0, 12))
        this.emitFile({ type: 'asset', fileName: `${page.slice(1)}sw.js`, source })
      }
    },
  }
}

function reachable(bundle: Rolldown.OutputBundle, entry: string): Set<string> {
  const found = new Set<string>()
  const start = Object.values(bundle).find((file) => file.type === 'chunk' && file.isEntry && file.name === entry)
  const queue = start ? [start.fileName] : []
  for (const name of queue) {
    const file = bundle[name]
    if (!file || found.has(name)) continue
    found.add(name)
    if (file.type !== 'chunk') continue
    const styles = (file as { viteMetadata?: { importedCss: Set<string> } }).viteMetadata?.importedCss ?? []
    queue.push(...file.imports, ...file.dynamicImports, ...styles)
  }
  for (const file of Object.values(bundle)) {
    if (file.type === 'asset' && file.names.includes('before_paint.js')) found.add(file.fileName)
  }
  return found
}
