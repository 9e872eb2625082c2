import '../shared/ui/tokens.css'
import '../shared/ui/base.css'

import { mount } from 'svelte'

import { startSpeaking } from '../shared/i18n/index.svelte.ts'
import { theme } from '../shared/ui/theme.svelte.ts'
import Kit from './Kit.svelte'

theme.start()
await startSpeaking()
mount(Kit, { target: document.getElementById('app')! })
