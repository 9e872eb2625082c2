import { resolve } from 'node:path'

import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

import { beforePaint } from './build/before_paint.ts'
import { offlineShell } from './build/offline_shell.ts'
import { namelessRules, surfaceTexts } from './build/surface_texts.ts'

const here = import.meta.dirname
const page = (name: string) => resolve(here, name, 'index.html')

export default defineConfig({
  root: here,
  base: '/static/app/',
  plugins: [surfaceTexts(), namelessRules(), svelte(), beforePaint(), offlineShell()],
  resolve: {
    // The same three names stand in tsconfig.json.
    alias: { $shared: resolve(here, 'shared'), $game: resolve(here, 'game'), $kit: resolve(here, 'kit') },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy allows neither data: scripts nor inline styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        student: page('student'),
        manager: page('manager'),
        counter: page('counter'),
        kit: page('kit'),
      },
    },
  },
  test: { include: ['**/*.test.ts'], exclude: ['node_modules', 'dist'] },
})
