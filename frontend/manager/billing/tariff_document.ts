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

/** What stands at a place of the document. */
export function at(document: Json | undefined, [first, ...rest]: Path): Json | undefined {
  if (first === undefined) return document
  if (Array.isArray(document)) return at(document[Number(first)], rest)
  return isObject(document) ? at(document[first], rest) : undefined
}

/** The document without a key or a member of a list. */
export function without(document: Json, path: Path): Json {
  const [place, last] = [path.slice(0, -1), path.at(-1)]
  const holder = at(document, place)
  if (Array.isArray(holder)) return withValue(document, place, holder.filter((_, index) => index !== last))
  if (!isObject(holder)) return document
  return withValue(document, place, Object.fromEntries(Object.entries(holder).filter(([key]) => key !== last)))
}

/** A path as the campus writes it: lines[1].tiers.summer[0]. */
export function written(path: Path): string {
  return path.reduce<string>((text, step) => (typeof step === 'number' ? `${text}[${step}]` : text ? `${text}.${step}` : String(step)), '')
}

interface Fault {
  path: string
  message: string
}

/** Which field says which fault: the one that is named, else the first within the place, else the one around it. */
export function placed<F extends Fault>(faults: readonly F[], paths: readonly string[]): { told: Map<string, string>; left: F[] } {
  const told = new Map<string, string>()
  const left: F[] = []
  for (const fault of faults) {
    const field =
      paths.find((path) => path === fault.path) ??
      paths.find((path) => isWithin(path, fault.path)) ??
      paths.find((path) => isWithin(fault.path, path))
    if (field === undefined) left.push(fault)
    else told.set(field, [told.get(field), fault.message].filter(Boolean).join(' · '))
  }
  return { told, left }
}

function isWithin(path: string, place: string): boolean {
  return path.startsWith(place) && '.['.includes(path.charAt(place.length) || ' ')
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
