import '$shared/ui/tokens.css'
import '$shared/ui/base.css'

import { mount } from 'svelte'

import { session } from '$shared/api/session.svelte.ts'
import { startSpeaking } from '$shared/i18n/index.svelte.ts'
import { opensOffline } from '$shared/offline.ts'
import { renewWhenOutdated } from '$shared/renewal.ts'
import { route } from '$shared/route.svelte.ts'
import { theme } from '$shared/ui/theme.svelte.ts'
import App from './App.svelte'
import { laterTexts, texts } from './texts.ts'

theme.start()
renewWhenOutdated()
await Promise.all([startSpeaking(texts, laterTexts), session.open()])
route.start('campus')
mount(App, { target: document.getElementById('app')! })
opensOffline('/sw.js')
