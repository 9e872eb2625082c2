import type { Book } from './book.ts'

/** Level reached with `xp` sunlight earned in all: 1 + floor(sqrt(xp / 90)). */
export function levelOf(xp: number, book: Book): number {
  return 1 + Math.floor(Math.sqrt(Math.floor(Math.max(xp, 0) / book.level.xp_unit)))
}

/** Sunlight earned in all at which `level` begins. */
export function xpNeeded(level: number, book: Book): number {
  return (Math.max(level, 1) - 1) ** 2 * book.level.xp_unit
}
