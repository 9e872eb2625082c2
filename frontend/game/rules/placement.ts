import { type Book, type Item, itemOf } from './book.ts'
import { CAMPUS, type Campus, type Instance, Refused, refuseUnless, type Spot } from './state.ts'
import { letterAt, TERRAIN } from './terrain.ts'

export type Cell = readonly [x: number, y: number]
const EDGES: readonly Cell[] = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
]

/** Width (along x) and height (along y) in cells after turning; odd turns swap them. */
export function footprint(item: Item, rot: number): [number, number] {
  return rot % 2 ? [item.h, item.w] : [item.w, item.h]
}

/** The cells an item holds, row by row. */
export function cells(item: Item, spot: Spot): Cell[] {
  const [w, h] = footprint(item, spot.rot)
  return Array.from({ length: w * h }, (_, i) => [spot.x + (i % w), spot.y + Math.floor(i / w)] as const)
}

/** Number of the parcel of a cell, 0-15, row by row. */
export function parcelOf(x: number, y: number, book: Book): number {
  const { size, parcel } = book.map
  return Math.floor(y / parcel) * (size / parcel) + Math.floor(x / parcel)
}

/**
 * Pass silently when `instance` may stand at `spot`; its own present place is ignored.
 *
 * @throws Refused with the first code that applies
 */
export function check(campus: Campus, instance: Instance, spot: Spot, book: Book): void {
  const item = itemOf(book, instance.item)
  const room = roomSize(campus, item, spot, book)
  refuseUnless(item.rotations.includes(spot.rot), 'bad_rotation')
  refuseUnless(inside(item, spot, room ?? book.map.size), 'out_of_bounds')
  const held = cells(item, spot)
  const others = inSpace(campus, spot.space).filter((other) => other.id !== instance.id)
  const ponds = room === null ? pondCells(others, book) : new Set<number>()
  if (room === null) {
    refuseUnless(
      held.every(([x, y]) => campus.parcels.has(parcelOf(x, y, book))),
      'parcel_locked',
    )
    refuseUnless(
      held.every((cell) => bears(campus, item, cell, ponds)),
      'bad_terrain',
    )
  }
  refuseUnless(!overlaps(item, spot, others, book), 'overlap')
  if (item.needs_neighbour) refuseUnless(touchesWater(campus, held, ponds), 'needs_neighbour')
  refuseUnless(others.length < (room === null ? book.map.campus_cap : book.map.room_cap), 'campus_full')
}

/** The code that forbids `spot`, or null where the item fits. */
export function whyNot(campus: Campus, instance: Instance, spot: Spot, book: Book): string | null {
  try {
    check(campus, instance, spot, book)
    return null
  } catch (error) {
    if (error instanceof Refused) return error.code
    throw error
  }
}

/** Instances placed on the campus or in one building. */
export function inSpace(campus: Campus, space: string): Instance[] {
  return [...campus.instances.values()].filter((one) => one.state === 'PLACED' && one.spot?.space === space)
}

/** Water plants that stand on this pond. */
export function restsOn(campus: Campus, instance: Instance, book: Book): Instance[] {
  const item = itemOf(book, instance.item)
  if (!item.makes_water || !instance.spot) return []
  const held = keys(cells(item, instance.spot))
  return inSpace(campus, CAMPUS).filter((one) => itemOf(book, one.item).water && meets(held, one, book))
}

/** The first cell of the campus, row by row, where the item fits. */
export function firstFree(campus: Campus, instance: Instance, book: Book, rot = 0): Spot | null {
  const { size } = book.map
  for (let i = 0; i < size * size; i++) {
    const spot = { x: i % size, y: Math.floor(i / size), rot, space: CAMPUS }
    if (whyNot(campus, instance, spot, book) === null) return spot
  }
  return null
}

/** Parcels that touch `parcel` by an edge. */
export function neighbours(parcel: number, book: Book): number[] {
  const side = book.map.size / book.map.parcel
  const [column, row] = [parcel % side, Math.floor(parcel / side)]
  const inBounds = (value: number) => value >= 0 && value < side
  return EDGES.filter(([dx, dy]) => inBounds(column + dx) && inBounds(row + dy)).map(
    ([dx, dy]) => (row + dy) * side + column + dx,
  )
}

/** What stands on a cell of the campus, standing things first. */
export function thingsAt(campus: Campus, x: number, y: number, book: Book): Instance[] {
  const here = new Set([key(x, y)])
  const found = inSpace(campus, CAMPUS).filter((one) => meets(here, one, book))
  return found.sort((a, b) => rank(a, book) - rank(b, book))
}

function rank(one: Instance, book: Book): number {
  return itemOf(book, one.item).layer === 'object' ? 0 : 1
}

/** Side of the room in cells, null on the campus; refuses the wrong kind of space. */
function roomSize(campus: Campus, item: Item, spot: Spot, book: Book): number | null {
  if (spot.space === CAMPUS) {
    refuseUnless(item.space === 'campus', 'wrong_space')
    return null
  }
  const building = campus.instances.get(spot.space)
  const room = building?.state === 'PLACED' ? itemOf(book, building.item).room : undefined
  if (item.space !== 'room' || room === undefined) throw new Refused('wrong_space')
  return room
}

function inside(item: Item, spot: Spot, size: number): boolean {
  const [w, h] = footprint(item, spot.rot)
  if (item.layer === 'wall' && (spot.rot % 2 ? spot.x : spot.y) !== 0) return false
  return spot.x >= 0 && spot.y >= 0 && spot.x + w <= size && spot.y + h <= size
}

const key = (x: number, y: number) => x * 64 + y
const keys = (held: readonly Cell[]) => new Set(held.map(([x, y]) => key(x, y)))

function meets(held: ReadonlySet<number>, one: Instance, book: Book): boolean {
  return one.spot !== null && cells(itemOf(book, one.item), one.spot).some(([x, y]) => held.has(key(x, y)))
}

function pondCells(others: readonly Instance[], book: Book): Set<number> {
  const ponds = others.filter((one) => one.spot && itemOf(book, one.item).makes_water)
  return keys(ponds.flatMap((one) => (one.spot ? cells(itemOf(book, one.item), one.spot) : [])))
}

/** A cell of a pond is water for the lotus; for everything else the pond is an overlap, judged later. */
function bears(campus: Campus, item: Item, [x, y]: Cell, ponds: ReadonlySet<number>): boolean {
  if (item.water && ponds.has(key(x, y))) return true
  return item.terrain.includes(TERRAIN[letterAt(campus.ground, x, y) ?? ''] ?? '')
}

function overlaps(item: Item, spot: Spot, others: readonly Instance[], book: Book): boolean {
  const held = keys(cells(item, spot))
  return others.some((one) => competes(item, spot, itemOf(book, one.item), one.spot) && meets(held, one, book))
}

/** Whether two compete for cells: the same layer, or a pond and anything that is no water plant. */
function competes(a: Item, spotA: Spot, b: Item, spotB: Spot | null): boolean {
  if (a.layer === 'wall' && b.layer === 'wall' && spotB) return spotA.rot % 2 === spotB.rot % 2
  if (a.layer === b.layer) return true
  return Boolean((a.makes_water && !b.water) || (b.makes_water && !a.water))
}

function touchesWater(campus: Campus, held: readonly Cell[], ponds: ReadonlySet<number>): boolean {
  const own = keys(held)
  const around = held.flatMap(([x, y]) => EDGES.map(([dx, dy]) => [x + dx, y + dy] as const))
  return around
    .filter(([x, y]) => !own.has(key(x, y)))
    .some(([x, y]) => ponds.has(key(x, y)) || letterAt(campus.ground, x, y) === 'w')
}
