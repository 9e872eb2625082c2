/** Pure formatting: every function takes its language, none reads a clock or a setting. */

const NO_BREAK = '\u00a0'

export interface Parts {
  value: string
  unit: string
  unitFirst: boolean
}

/** Energy in Wh as kilowatt-hours: `kilowatt-hour` is not a unit that Intl knows, so the unit is ours. */
export function kwhParts(wh: number, language: string, digits = kwhDigits(wh)): Parts {
  const value = decimal(wh / 1000, language, digits)
  return { value, unit: 'kWh', unitFirst: false }
}

/** "3.4 kWh" with a no-break space. */
export function kwh(wh: number, language: string, digits?: number): string {
  const parts = kwhParts(wh, language, digits)
  return `${parts.value}${NO_BREAK}${parts.unit}`
}

function kwhDigits(wh: number): number {
  return Math.abs(wh) >= 100_000 ? 0 : Math.abs(wh) < 1_000 && Math.abs(wh) >= 5 ? 2 : 1
}

/** Grams of CO₂e as kilograms, or as grams below one tenth of a kilogram. */
export function co2Parts(grams: number, language: string): Parts {
  if (Math.abs(grams) < 100) return { value: decimal(grams, language, 0), unit: 'g CO₂e', unitFirst: false }
  return { value: decimal(grams / 1000, language, 1), unit: 'kg CO₂e', unitFirst: false }
}

export function co2(grams: number, language: string): string {
  const parts = co2Parts(grams, language)
  return `${parts.value}${NO_BREAK}${parts.unit}`
}

export function decimal(value: number, language: string, digits: number): string {
  return minus(new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value))
}

/** A decimal with as many digits as it has, at most `most`. */
export function upTo(value: number, language: string, most: number): string {
  return minus(new Intl.NumberFormat(language, { maximumFractionDigits: most }).format(value))
}

/** The true minus sign instead of a hyphen. */
function minus(text: string): string {
  return text.replace('-', '−')
}

export function whole(value: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(value)
}

/** A whole number that shows its direction: "+12", "−12", "0". */
export function signed(value: number, language: string): string {
  const text = new Intl.NumberFormat(language, { maximumFractionDigits: 0, signDisplay: 'exceptZero' }).format(value)
  return minus(text)
}

/** A share of one as percent: whole, or with at most `most` decimals. */
export function percent(share: number, language: string, most = 0): string {
  return minus(new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: most }).format(share))
}

function moneyFormat(currency: string, language: string): Intl.NumberFormat {
  return new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
}

/** Money from minor units; won has no decimals because its currency has none. */
export function money(amount: number, currency: string, language: string): string {
  const format = moneyFormat(currency, language)
  return minus(format.format(major(amount, format)))
}

export function moneyParts(minor: number, currency: string, language: string): Parts {
  const format = moneyFormat(currency, language)
  const parts = format.formatToParts(major(minor, format))
  const unit = parts.find((part) => part.type === 'currency')?.value ?? currency
  const value = parts
    .filter((part) => part.type !== 'currency' && part.type !== 'literal')
    .map((part) => (part.type === 'minusSign' ? '−' : part.value))
    .join('')
  return { value, unit, unitFirst: parts.findIndex((part) => part.type === 'currency') <= 1 }
}

function major(minor: number, format: Intl.NumberFormat): number {
  return minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 0)
}
