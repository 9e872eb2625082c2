/** The pure half of the tariff form: the numbers of a document by their paths, and a document with one of them changed. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type Path = (string | number)[]

export interface Leaf {
  path: Path
  /** Where it stands within its line: ["tiers", "summer", "1"]. */
  names: string[]
  /** null: the open end of the last tier. */
  value: string | null
}

/** Parts of a line that are words and not prices. */
const WORDS = new Set(['id', 'type', 'unit', 'of', 'round', 'label', 'note'])

/** The prices and bounds of a line, in the order in which they are written. */
export function leaves(line: Json, path: Path): Leaf[] {
  if (!isObject(line)) return []
  return Object.entries(line).flatMap(([key, value]) => (WORDS.has(key) ? [] : within(value, [...path, key], [key])))
}

function within(value: Json, path: Path, names: string[]): Leaf[] {
  if (value === null || typeof value === 'string') return [{ path, names, value }]
  if (Array.isArray(value)) return value.flatMap((one, index) => within(one, [...path, index], [...names, String(index + 1)]))
  if (isObject(value)) return Object.entries(value).flatMap(([key, one]) => within(one, [...path, key], key === '*' ? names : [...names, key]))
  return []
}

/** The document with another value at a place; every other part is the same. */
export function withValue(document: Json, path: Path, value: Json): Json {
  const [first, ...rest] = path
  if (first === undefined) return value
  if (Array.isArray(document)) return document.map((one, index) => (index === first ? withValue(one, rest, value) : one))
  const known = isObject(document) ? document : {}
  return { ...known, [first]: withValue(known[first] ?? null, rest, value) }
}

/** A path as the campus writes it: lines[1].tiers.summer[0]. */
export function written(path: Path): string {
  return path.reduce<string>((text, step) => (typeof step === 'number' ? `${text}[${step}]` : text ? `${text}.${step}` : String(step)), '')
}

export function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A document from its text, or why it is none. */
export function parsed(text: string): { document: Json } | { fault: string } {
  try {
    return { document: JSON.parse(text) as Json }
  } catch (thrown) {
    return { fault: thrown instanceof Error ? thrown.message : String(thrown) }
  }
}
