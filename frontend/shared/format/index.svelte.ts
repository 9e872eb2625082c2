/** The formatters bound to the language of the page and to the campus: what screens use. */
import { speech } from '$shared/i18n/index.svelte.ts'
import * as numbers from './numbers.ts'
import * as times from './times.ts'

export { addDays, dayOfMonth, daysBetween, localDay } from './times.ts'
export type { Parts } from './numbers.ts'

class Site {
  timeZone = $state('Asia/Seoul')
  currency = $state('KRW')
}

/** The campus whose clock and money the page shows. */
export const site = new Site()

export const kwh = (wh: number, digits?: number) => numbers.kwh(wh, speech.language, digits)
export const kwhParts = (wh: number, digits?: number) => numbers.kwhParts(wh, speech.language, digits)
export const co2 = (grams: number) => numbers.co2(grams, speech.language)
export const co2Parts = (grams: number) => numbers.co2Parts(grams, speech.language)
export const money = (minor: number, currency = site.currency) => numbers.money(minor, currency, speech.language)
export const moneyParts = (minor: number, currency = site.currency) => numbers.moneyParts(minor, currency, speech.language)
export const whole = (value: number) => numbers.whole(value, speech.language)
export const decimal = (value: number, digits: number) => numbers.decimal(value, speech.language, digits)
export const upTo = (value: number, most: number) => numbers.upTo(value, speech.language, most)
export const signed = (value: number) => numbers.signed(value, speech.language)
export const percent = (share: number, most?: number) => numbers.percent(share, speech.language, most)
export const day = (iso: string, options?: Intl.DateTimeFormatOptions) => times.day(iso, speech.language, options)
export const month = (iso: string) => times.month(iso, speech.language)
export const clock = (instant: string | number) => times.clock(instant, speech.language, site.timeZone)
export const dayAndClock = (instant: string | number) => times.dayAndClock(instant, speech.language, site.timeZone)
export const dateOf = (instant: string | number) => times.dateOf(instant, speech.language, site.timeZone)
