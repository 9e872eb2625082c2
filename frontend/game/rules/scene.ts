import { type Book, itemOf } from './book.ts'
import { type Block, groundOrder, objectOrder, screen } from './order.ts'
import { footprint, inSpace, parcelOf } from './placement.ts'
import { CAMPUS, type Campus, type Instance } from './state.ts'
import { letterAt, mixed } from './terrain.ts'

/** One picture of the atlas at the screen point of a cell's upper corner. */
export interface Draw {
  frame: string
  x: number
  y: number
  /** Of the instance that it shows. */
  id?: string
}

const SIDES = [
  ['n', 0, -1],
  ['w', -1, 0],
  ['e', 1, 0],
  ['s', 0, 1],
] as const
/** Sixteen tickets decide the variant of a cell. */
const VARIANTS: Record<string, string> = {
  g: '0000000113324560',
  s: '0000000000000000',
  p: '0000000000000000',
  w: '0000000001112200',
}
const SKETCHED: Record<string, string> = {
  g: '0000000000110011',
  s: '0000100100010001',
  p: '0000000000000000',
  w: '0000010000010001',
}
/** How many of sixteen tickets are trees, in the four kinds of clearing and thicket. */
const WOODS = [1, 5, 10, 14] as const
const THICKET = 3
/** Closed land this near in front of open land has no trees: they would hide what is built. */
const CLEAR = 3
const NAMES: Record<string, string> = { g: 'grass', s: 'slope', p: 'plaza', w: 'water' }

/** Everything of the map from back to front: ground, flat items, shadows, standing items with what grew around them. */
export function scene(campus: Campus, seed: number, book: Book): Draw[] {
  const placed = inSpace(campus, CAMPUS)
  const layer = (name: string) => placed.filter((one) => itemOf(book, one.item).layer === name)
  const flat = drawn(layer('ground'), groundOrder, book)
  const standing = drawn(layer('object'), objectOrder, book)
  const shadows = standing.map(({ frame, x, y }) => ({ frame: `~${frame}`, x, y }))
  const grown = standing.flatMap((draw) => [draw, ...growth(draw, campus.instances.get(draw.id ?? ''), book)])
  return [...ground(campus, seed, book), ...flat, ...shadows, ...grown]
}

/** The tiles of the land by x + y, then x; closed parcels are pencil sketches. */
export function ground(campus: Campus, seed: number, book: Book): Draw[] {
  const { size } = book.map
  const draws: Draw[] = []
  for (let total = 0; total < 2 * size - 1; total++) {
    for (let x = Math.max(0, total - size + 1); x < Math.min(size, total + 1); x++) {
      const [sx, sy] = screen(x, total - x)
      for (const frame of frames(campus, seed, book, x, total - x)) draws.push({ frame, x: sx, y: sy })
    }
  }
  return draws
}

/** The atlas frame of an item. */
export function frameOf(item: string, rot: number): string {
  return `${item}/${rot}`
}

export function blockOf(one: Instance, book: Book): Block {
  const { x, y, rot } = one.spot ?? { x: 0, y: 0, rot: 0 }
  const [w, h] = footprint(itemOf(book, one.item), rot)
  return { id: one.id, x0: x, y0: y, x1: x + w - 1, y1: y + h - 1 }
}

function drawn(instances: Instance[], order: (blocks: Block[]) => string[], book: Book): Draw[] {
  const byId = new Map(instances.map((one) => [one.id, one]))
  return order(instances.map((one) => blockOf(one, book))).flatMap((id) => {
    const one = byId.get(id)
    return one?.spot ? [picture(one, one.spot)] : []
  })
}

function picture(one: Instance, spot: { x: number; y: number; rot: number }): Draw {
  const [x, y] = screen(spot.x, spot.y)
  return { frame: frameOf(one.item, spot.rot), x, y, id: one.id }
}

/** What has grown around an upgraded building. */
function growth(draw: Draw, one: Instance | undefined, book: Book): Draw[] {
  if (!one?.spot || one.level < 2 || itemOf(book, one.item).category !== 'building') return []
  const [w, h] = footprint(itemOf(book, one.item), one.spot.rot)
  return [{ ...draw, frame: `grown/${w}x${h}/${one.level}` }]
}

function frames(campus: Campus, seed: number, book: Book, x: number, y: number): string[] {
  const letter = letterAt(campus.ground, x, y) ?? 'g'
  const last = book.map.size - 1
  const rims = [...(y === last ? ['rim/s'] : []), ...(x === last ? ['rim/e'] : [])]
  const ticket = mixed(seed, x + 32, y) & 15
  if (!campus.parcels.has(parcelOf(x, y, book))) {
    const trees = 'gs'.includes(letter) && !inFront(campus.parcels, book, x, y) ? wood(seed, letter, x, y) : []
    return [`sketch/${letter}/${SKETCHED[letter]?.[ticket]}`, ...trees, ...rims]
  }
  const variant = VARIANTS[letter]?.[ticket]
  return [`${NAMES[letter]}/${variant}`, ...borders(campus.ground, letter, x, y), ...rims]
}

/** Whether open land lies right behind a cell. */
function inFront(parcels: ReadonlySet<number>, book: Book, x: number, y: number): boolean {
  for (let i = 0; i < CLEAR && i <= x; i++) {
    for (let j = 0; j < CLEAR && j <= y; j++) if (parcels.has(parcelOf(x - i, y - j, book))) return true
  }
  return false
}

/** The tree of a closed cell, where one stands: pines on the hill, all kinds below. */
function wood(seed: number, letter: string, x: number, y: number): string[] {
  const thick = WOODS[(mixed(seed, Math.floor(x / THICKET) + 96, Math.floor(y / THICKET)) & 3) as 0 | 1 | 2 | 3]
  const ticket = mixed(seed, x + 64, y) & 15
  // Every other pair of rows, so that no tree stands right before another.
  return (x + y) & 2 && ticket < thick ? [`sketch/wood/${letter === 's' ? 2 : ticket % 3}`] : []
}

function borders(land: readonly string[], letter: string, x: number, y: number): string[] {
  const kind = letter === 'w' ? 'shore' : letter === 'p' ? 'kerb' : null
  if (kind === null) return []
  return SIDES.filter(([, dx, dy]) => {
    const other = letterAt(land, x + dx, y + dy)
    return other !== undefined && other !== letter && !(letter === 'p' && other === 'w')
  }).map(([side]) => `${kind}/${side}`)
}
