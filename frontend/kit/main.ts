import '$shared/ui/tokens.css'
import '$shared/ui/base.css'

import { mount } from 'svelte'

import { startSpeaking } from '$shared/i18n/index.svelte.ts'
import { theme } from '$shared/ui/theme.svelte.ts'
import Kit from './Kit.svelte'

theme.start()
await startSpeaking({
  ko: () => import('$shared/i18n/ko.json'),
  en: () => import('$shared/i18n/en.json'),
  'zh-Hans': () => import('$shared/i18n/zh-Hans.json'),
})
mount(Kit, { target: document.getElementById('app')! })
