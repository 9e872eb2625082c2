/** The pure half of the table: its columns, its order and which rows are drawn. */
export interface Column<T> {
  key: string
  label: string
  numeric?: boolean
  /** What rows are compared by; a column without it cannot be sorted. Missing values come last. */
  by?: (row: T) => string | number | null | undefined
}

/** The rows in order; rows without a value stay at the end in both directions. */
export function sorted<T>(rows: readonly T[], by: Column<T>['by'], descending: boolean): readonly T[] {
  if (!by) return rows
  const turn = descending ? -1 : 1
  return [...rows].sort((a, b) => {
    const [x, y] = [by(a), by(b)]
    if (x == null || y == null) return Number(x == null) - Number(y == null)
    if (typeof x === 'number' && typeof y === 'number') return turn * (x - y)
    return turn * String(x).localeCompare(String(y), undefined, { numeric: true })
  })
}

export interface Window {
  from: number
  to: number
  before: number
  after: number
}

const SMALL = 200
const MARGIN = 12

/** Which of `count` rows of equal `height` are drawn, and the empty space in px above and below them. */
export function windowOf(count: number, top: number, seen: number, height: number): Window {
  if (count <= SMALL) return { from: 0, to: count, before: 0, after: 0 }
  const from = Math.max(0, Math.min(count - 1, Math.floor(top / height) - MARGIN))
  const to = Math.min(count, Math.ceil((top + seen) / height) + MARGIN)
  return { from, to, before: from * height, after: (count - to) * height }
}
