/** The terms of a tariff beside its prices: whole numbers as they are typed, and prepayment. */

import { at, isObject, type Json, without, withValue } from './tariff_document.ts'

/** A whole number of the document, or the text itself, which the campus then refuses where it stands. */
export function wholeOr(typed: string): Json {
  return /^\d{1,6}$/.test(typed.trim()) ? Number(typed) : typed
}

export function isPrepaid(document: Json): boolean {
  return at(document, ['prepaid', 'enabled']) === true
}

/** Prepaid with the thresholds it had before, or with plain ones; or not at all. */
export function withPrepaid(document: Json, on: boolean): Json {
  if (!on) return without(document, ['prepaid'])
  const known = at(document, ['prepaid'])
  const thresholds = isObject(known) ? known : { low_balance: '10', cutoff_balance: '0', grace_hours: 0 }
  return withValue(document, ['prepaid'], { ...thresholds, enabled: true })
}
