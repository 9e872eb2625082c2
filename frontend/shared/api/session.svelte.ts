import { site as place } from '$shared/format/index.svelte.ts'
import { asLanguage, chooseLanguage, speech, type Language } from '$shared/i18n/index.svelte.ts'
import { answer, api, whenSignedOut } from './client.ts'
import { forgetEverything, keep, recall } from './kept.ts'
import { asProblem, type Problem } from './problem.ts'
import { readAllAnew } from './resource.svelte.ts'
import type { Me, Site } from './shapes.ts'

type Door = 'opening' | 'in' | 'out' | 'unreachable'

/** Whether somebody chose a language on this device. */
const chosenHere = () => localStorage.getItem('campus.language') !== null

/** Who is signed in on this device. */
class Session {
  door = $state<Door>('opening')
  me = $state.raw<Me>()
  site = $state.raw<Site>()
  problem = $state.raw<Problem>()

  constructor() {
    whenSignedOut(() => {
      if (this.door === 'in') this.#leave()
    })
  }

  /** Find out who is here; without a network it is whoever was here last. */
  async open(): Promise<void> {
    try {
      await this.#enter(await answer(api.GET('/api/v1/me/')))
    } catch (thrown) {
      const problem = asProblem(thrown)
      if (problem.status === 401 || problem.status === 403) return this.#showDoor()
      const kept = problem.isSilence ? await recall<Me>('me').catch(() => undefined) : undefined
      if (kept) return this.#enter(kept.value)
      this.problem = problem
      this.door = 'unreachable'
    }
  }

  /** @throws Problem when the sign-in is refused */
  async signIn(username: string, password: string): Promise<void> {
    const { signIn } = await import('./signing.ts')
    await signIn(username, password)
    const me = await answer(api.GET('/api/v1/me/'))
    // What was chosen at the door is meant for all of the person's devices; a demo's sign-in is everybody's.
    const told = chosenHere() || me.campus?.is_demo
    if (told && me.language && asLanguage(me.language) !== speech.language) await this.speak(speech.language, false)
    await this.#enter(this.me ?? me)
  }

  async signOut(): Promise<void> {
    const { signOut } = await import('./signing.ts')
    await signOut()
    await this.#leave()
  }

  /** Change the language here and on the person's other devices. */
  async speak(language: Language, load = true): Promise<void> {
    if (load) await chooseLanguage(language)
    const wanted = language.toLowerCase() as NonNullable<Me['language']>
    this.me = await answer(api.PATCH('/api/v1/me/', { body: { language: wanted } })).catch(() => this.me)
    readAllAnew()
  }

  async #enter(me: Me): Promise<void> {
    this.me = me
    if (me.campus) {
      place.timeZone = me.campus.time_zone
      place.currency = me.campus.currency
    }
    if (me.language && !chosenHere()) await this.#speakAs(asLanguage(me.language))
    void keep('me', this.me).catch(() => undefined)
    this.door = 'in'
  }

  /** A new device speaks its person's language; what it was told before is asked again. */
  async #speakAs(language: Language): Promise<void> {
    const same = language === speech.language
    await chooseLanguage(language)
    if (!same) this.me = await answer(api.GET('/api/v1/me/')).catch(() => this.me)
  }

  async #leave(): Promise<void> {
    this.me = undefined
    await forgetEverything()
    // The page starts anew, so that nothing of the last person stays in memory.
    location.replace(location.pathname)
  }

  async #showDoor(): Promise<void> {
    this.door = 'out'
    this.site = await answer(api.GET('/api/v1/site/')).catch(() => undefined)
  }
}

export const session = new Session()
