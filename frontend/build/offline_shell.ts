import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import type { Plugin, Rolldown } from 'vite'

/**
 * Write `sw.js` with the list of files that the student app needs to start without a network.
 *
 * The list is every chunk and style reachable from the student entry, so all its screens and languages.
 */
export function offlineShell(): Plugin {
  return {
    name: 'offline-shell',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const files = [...reachable(bundle, 'student')].sort().map((name) => `/static/app/${name}`)
      const version = createHash('sha256').update(files.join()).digest('hex').slice(0, 12)
      const source = readFileSync(resolve(import.meta.dirname, '../student/service_worker.js'), 'utf8')
        .replace("'__VERSION__'", JSON.stringify(version))
        .replace('[/* __FILES__ */]', JSON.stringify(files))
      this.emitFile({ type: 'asset', fileName: 'sw.js', source })
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
