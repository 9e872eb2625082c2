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
  catalogues: Catalogues | undefined

  /** Speak this language from now on: load its catalogue, mark the page, remember the choice. */
  async use(language: Language): Promise<void> {
    if (!this.catalogues) throw new Error('startSpeaking comes first')
    const { default: texts } = await this.catalogues[language]()
    this.texts = texts as Texts
    this.language = language
    document.documentElement.lang = language
    document.title = this.texts['app.name']
  }
}

export const speech = new Speech()

/** Load the catalogue of the language that the page was opened in. */
export function startSpeaking(catalogues: Catalogues): Promise<void> {
  speech.catalogues = catalogues
  return speech.use(asLanguage(document.documentElement.lang))
}

/** Change the language and keep the choice on this device. */
export async function chooseLanguage(language: Language): Promise<void> {
  await speech.use(language)
  localStorage.setItem('campus.language', language)
}

export function asLanguage(tag: string): Language {
  if (tag.startsWith('zh')) return 'zh-Hans'
  return tag.startsWith('en') ? 'en' : 'ko'
}

/** The text of a key in the language of the page. */
export function t(key: Key, values: Values = {}): string {
  return fill(speech.texts[key] ?? key, values, speech.language)
}
