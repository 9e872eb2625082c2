/** The ground of a term's map, grown from its seed with whole numbers only, as on the server. */
export const TERRAIN: Readonly<Record<string, string>> = { g: 'grass', p: 'plaza', w: 'water', s: 'slope' }
const SIZE = 24
/** Lake centre and radius in quarter cells: right, front and left corner of the screen. */
const LAKES = [
  [84, 43, 19],
  [77, 77, 20],
  [43, 84, 19],
] as const

/** A well mixed 32-bit number of a cell (the `lowbias32` finaliser). */
export function mixed(seed: number, x: number, y: number): number {
  let value = (Math.imul(seed, 0x9e3779b1) + Math.imul(x, 0x85ebca6b) + Math.imul(y, 0xc2b2ae35)) >>> 0
  value = Math.imul(value ^ (value >>> 16), 0x7feb352d) >>> 0
  value = Math.imul(value ^ (value >>> 15), 0x846ca68b) >>> 0
  return (value ^ (value >>> 16)) >>> 0
}

/** 24 rows of 24 letters (g, p, w, s), row by y, column by x. */
export function rows(seed: number): string[] {
  const side = mixed(seed, 101, 7) % 3
  const hill = mixed(seed, 7, 101)
  const cells = Array.from({ length: SIZE }, (_, index) => index)
  return cells.map((y) => cells.map((x) => letter(seed, side, hill, x, y)).join(''))
}

/** The rows of a map that came as one string of 576 letters. */
export function unfolded(terrain: string): string[] {
  return Array.from({ length: SIZE }, (_, y) => terrain.slice(y * SIZE, (y + 1) * SIZE))
}

export function letterAt(ground: readonly string[], x: number, y: number): string | undefined {
  return ground[y]?.[x]
}

function letter(seed: number, side: number, hill: number, x: number, y: number): string {
  const [cx, cy, radius] = LAKES[side] ?? LAKES[0]
  const reach = radius + Math.floor(smooth(seed, x, y) / 24)
  if ((4 * x + 2 - cx) ** 2 + (4 * y + 2 - cy) ** 2 < reach ** 2) return 'w'
  if (x >= 10 && x <= 13 && y >= 10 && y <= 13) return 'p'
  if (onPromenade(side, x, y)) return 'p'
  return 4 * (x + y) < 26 + Math.floor(smooth(hill, x, y) / 10) ? 's' : 'g'
}

function onPromenade(side: number, x: number, y: number): boolean {
  if (side === 0) return y === 11 && x > 13
  if (side === 2) return x === 11 && y > 13
  return (x === 12 && y > 13 && y <= 16) || (y === 16 && x > 12)
}

/** Soft noise 0..255: bilinear between random values four cells apart. */
function smooth(seed: number, x: number, y: number): number {
  const [gx, gy, fx, fy] = [Math.floor(x / 4), Math.floor(y / 4), x % 4, y % 4]
  const at = (i: number, j: number) => mixed(seed, gx + i, gy + j) & 255
  const near = at(0, 0) * (4 - fx) + at(1, 0) * fx
  const far = at(0, 1) * (4 - fx) + at(1, 1) * fx
  return Math.floor((near * (4 - fy) + far * fy) / 16)
}
