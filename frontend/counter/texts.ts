import type { Catalogues } from '$shared/i18n/index.svelte.ts'

export const texts: Catalogues = {
  ko: () => import('$shared/i18n/ko.json?surface=counter'),
  en: () => import('$shared/i18n/en.json?surface=counter'),
  'zh-Hans': () => import('$shared/i18n/zh-Hans.json?surface=counter'),
}

/** What is said beyond the first screen. */
export const laterTexts: Catalogues = {
  ko: () => import('$shared/i18n/ko.json?surface=counter&later'),
  en: () => import('$shared/i18n/en.json?surface=counter&later'),
  'zh-Hans': () => import('$shared/i18n/zh-Hans.json?surface=counter&later'),
}
