/** Money between a form, which speaks in won or euros, and the campus, which counts minor units. */

/** What a field shows for an amount in minor units. */
export const asTyped = (minor: number, digits: number): string => (minor / 10 ** digits).toFixed(digits)

/** The minor units of what was typed; nothing for what is no amount. */
export function asMinor(typed: string | number, digits: number): number | undefined {
  const value = Number(String(typed).replaceAll(',', '').trim())
  return String(typed).trim() && Number.isFinite(value) ? Math.round(value * 10 ** digits) : undefined
}
