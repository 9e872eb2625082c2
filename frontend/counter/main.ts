import '$shared/ui/tokens.css'
import '$shared/ui/base.css'

import { mount } from 'svelte'

import { session } from '$shared/api/session.svelte.ts'
import { startSpeaking } from '$shared/i18n/index.svelte.ts'
import { opensOffline } from '$shared/offline.ts'
import { renewWhenOutdated } from '$shared/renewal.ts'
import { theme } from '$shared/ui/theme.svelte.ts'
import App from './App.svelte'
import { laterTexts, texts } from './texts.ts'

document.documentElement.dataset['density'] = 'counter'
theme.start()
renewWhenOutdated()
await Promise.all([startSpeaking(texts, laterTexts), session.open()])
mount(App, { target: document.getElementById('app')! })

// A tablet that starts anew while the line is down still takes coupons.
opensOffline('/counter/sw.js')
