import type { Catalogues } from '$shared/i18n/index.svelte.ts'

export const texts: Catalogues = {
  ko: () => import('$shared/i18n/ko.json?surface=student'),
  en: () => import('$shared/i18n/en.json?surface=student'),
  'zh-Hans': () => import('$shared/i18n/zh-Hans.json?surface=student'),
}

/** What is said beyond the first screen. */
export const laterTexts: Catalogues = {
  ko: () => import('$shared/i18n/ko.json?surface=student&later'),
  en: () => import('$shared/i18n/en.json?surface=student&later'),
  'zh-Hans': () => import('$shared/i18n/zh-Hans.json?surface=student&later'),
}
