/**
 * A message: text with `{name}` and `{n, plural, one {# drop} other {# drops}}`, nothing more.
 *
 * Numbers are written in the language's own digits grouping; texts are inserted as they are.
 */
export type Values = Record<string, string | number>

const PLURAL = /\{(\w+), plural, ((?:\w+ \{[^{}]*(?:\{\w+\}[^{}]*)*\}\s*)+)\}/g
const BRANCH = /(\w+) \{([^{}]*(?:\{\w+\}[^{}]*)*)\}/g
const PLACE = /\{(\w+)\}/g

/** The message with its values filled in; a value that is missing stays visible as `{name}`. */
export function fill(message: string, values: Values, language: string): string {
  const number = (value: number) => new Intl.NumberFormat(language).format(value)
  const chosen = message.replace(PLURAL, (_, name: string, branches: string) => {
    const amount = Number(values[name] ?? 0)
    const texts = Object.fromEntries([...branches.matchAll(BRANCH)].map((found) => [found[1], found[2] ?? '']))
    const rule = new Intl.PluralRules(language).select(amount)
    return (texts[rule] ?? texts['other'] ?? '').replaceAll('#', number(amount))
  })
  return chosen.replace(PLACE, (place, name: string) => {
    const value = values[name]
    return value === undefined ? place : typeof value === 'number' ? number(value) : value
  })
}

/** The names a message expects, sorted. */
export function names(message: string): string[] {
  const found = new Set([...message.matchAll(PLURAL)].map((match) => match[1] ?? ''))
  const bodies = (_: string, __: string, branches: string) => branches.replace(BRANCH, '$2')
  for (const match of message.replace(PLURAL, bodies).matchAll(PLACE)) found.add(match[1] ?? '')
  return [...found].sort()
}
