import type english from './en.json'
import { fill, type Values } from './message.ts'

export type Key = keyof typeof english
export type Language = 'ko' | 'en' | 'zh-Hans'
type Texts = Record<Key, string>

export const LANGUAGES: readonly { tag: Language; name: string }[] = [
  { tag: 'ko', name: '한국어' },
  { tag: 'en', name: 'English' },
  { tag: 'zh-Hans', name: '简体中文' },
]

/** How a surface loads its part of each catalogue. */
export type Catalogues = Record<Language, () => Promise<{ default: unknown }>>

class Speech {
  language = $state<Language>('ko')
  texts = $state.raw<Texts>({} as Texts)
  /** What is spoken on the first screen, and what only beyond it. */
  first: Catalogues | undefined
  later: Catalogues | undefined
  #beyond: Promise<void> | undefined

  /** Speak this language from now on: load its catalogue, mark the page, remember the choice. */
  async use(language: Language): Promise<void> {
    if (!this.first) throw new Error('startSpeaking comes first')
    const parts = await Promise.all([this.first[language](), this.#beyond && this.later?.[language]()])
    this.texts = Object.assign({}, ...parts.map((part) => part?.default)) as Texts
    this.language = language
    document.documentElement.lang = language
    document.title = this.texts['app.name']
  }

  /** Somebody goes beyond the first screen: have its texts too. */
  goOn(): Promise<void> {
    this.#beyond ??= this.#more()
    return this.#beyond
  }

  async #more(): Promise<void> {
    const language = this.language
    try {
      const more = await this.later?.[language]()
      if (language === this.language) this.texts = { ...this.texts, ...(more?.default as Texts) }
    } catch (thrown) {
      this.#beyond = undefined
      throw thrown
    }
  }
}

export const speech = new Speech()

/** Load the catalogue of the language that the page was opened in; what is asked of the campus meanwhile is asked in it. */
export function startSpeaking(first: Catalogues, later?: Catalogues): Promise<void> {
  Object.assign(speech, { first, later, language: asLanguage(document.documentElement.lang) })
  return speech.use(speech.language)
}

/** Change the language and keep the choice on this device. */
export async function chooseLanguage(language: Language): Promise<void> {
  await speech.use(language)
  localStorage.setItem('campus.language', language)
}

/** A place beyond the first screen, with its texts. */
export async function beyond<T>(place: Promise<T>): Promise<T> {
  const [loaded] = await Promise.all([place, speech.goOn()])
  return loaded
}

export function asLanguage(tag: string): Language {
  if (tag.startsWith('zh')) return 'zh-Hans'
  return tag.startsWith('en') ? 'en' : 'ko'
}

/** The text of a key in the language of the page. */
export function t(key: Key, values: Values = {}): string {
  return fill(speech.texts[key] ?? key, values, speech.language)
}
