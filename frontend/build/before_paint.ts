import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import type { Plugin } from 'vite'

/**
 * Put `before_paint.js` into the head of every page as a hashed, blocking, external script.
 *
 * It sets theme and language before the first paint; inline it would break the content security policy.
 */
export function beforePaint(): Plugin {
  let reference = ''
  return {
    name: 'before-paint',
    apply: 'build',
    // After the pages themselves were made.
    enforce: 'post',
    buildStart() {
      const source = readFileSync(resolve(import.meta.dirname, 'before_paint.js'), 'utf8')
      reference = this.emitFile({ type: 'asset', name: 'before_paint.js', source })
    },
    generateBundle(_, bundle) {
      const src = `/static/app/${this.getFileName(reference)}`
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset' || !file.fileName.endsWith('.html')) continue
        file.source = String(file.source).replace('<head>', `<head>\n    <script src="${src}"></script>`)
      }
    },
  }
}
