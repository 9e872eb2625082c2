import type { Book } from './rules/book.ts'
import { screen } from './rules/order.ts'
import { inSpace } from './rules/placement.ts'
import { CAMPUS, type Campus, type Drop } from './rules/state.ts'

/** A light above the map, in map pixels; several old drops share the last one. */
export interface Light {
  drops: Drop[]
  amount: number
  x: number
  y: number
}

const MOST = 6
/** Around the plaza, one after the other. */
const CELLS = [
  [11, 11],
  [8, 12],
  [12, 8],
  [9, 8],
  [14, 12],
  [11, 15],
] as const

/** Where ripe drops float: the first over the dorm lodge when it stands, the others around the plaza. */
export function lights(campus: Campus, ripe: readonly Drop[], book: Book): Light[] {
  const groups = ripe.length <= MOST ? ripe.map((drop) => [drop]) : [...ripe.slice(0, MOST - 1).map((drop) => [drop]), ripe.slice(MOST - 1)]
  const places = [...overLodge(campus, book), ...CELLS.map(([x, y]) => lifted(x, y, 26))]
  return groups.map((drops, i) => {
    const [x, y] = places[i] ?? lifted(11, 11, 26)
    return { drops, amount: drops.reduce((sum, drop) => sum + drop.amount, 0), x, y }
  })
}

function overLodge(campus: Campus, book: Book): [number, number][] {
  const lodge = inSpace(campus, CAMPUS).find((one) => one.item === 'dorm_lodge')
  return lodge?.spot && book.items.has(lodge.item) ? [lifted(lodge.spot.x, lodge.spot.y, 92)] : []
}

function lifted(x: number, y: number, up: number): [number, number] {
  const [sx, sy] = screen(x + 1, y + 1)
  return [sx, sy - up]
}
