/** The cells `x0..x1`, `y0..y1` (both included) that an instance holds. */
export interface Block {
  id: string
  x0: number
  y0: number
  x1: number
  y1: number
}

export const TILE_W = 64
export const TILE_H = 32

/** Screen point of a cell's upper corner in map pixels, y down. */
export function screen(x: number, y: number): [number, number] {
  return [((x - y) * TILE_W) / 2, ((x + y) * TILE_H) / 2]
}

/** The cell under a screen point. */
export function cellAt(sx: number, sy: number): [number, number] {
  const [a, b] = [sx / TILE_W, sy / TILE_H]
  return [Math.floor(b + a), Math.floor(b - a)]
}

/** Ids of what lies flat: by x + y, then x, then id. */
export function groundOrder(blocks: readonly Block[]): string[] {
  const sorted = [...blocks].sort((a, b) => a.x0 + a.y0 - (b.x0 + b.y0) || a.x0 - b.x0 || byText(a.id, b.id))
  return sorted.map((one) => one.id)
}

/** Ids from back to front: Kahn's algorithm over 'stands behind', the ready ones by (x0 + y0, id). */
export function objectOrder(blocks: readonly Block[]): string[] {
  const sorted = [...blocks].sort((a, b) => a.x0 + a.y0 - (b.x0 + b.y0) || byText(a.id, b.id))
  const nearer: number[][] = sorted.map(() => [])
  const waits = sorted.map(() => 0)
  const hides = (i: number, j: number) => {
    nearer[i]?.push(j)
    waits[j] = (waits[j] ?? 0) + 1
  }
  sorted.forEach((a, i) => {
    for (let j = i + 1; j < sorted.length; j++) {
      const b = sorted[j] as Block
      if (before(a, b)) hides(i, j)
      else if (before(b, a)) hides(j, i)
    }
  })
  return kahn(sorted, nearer, waits)
}

/** `a` is farther from the eye; a pair that lies side by side on the screen is independent. */
function before(a: Block, b: Block): boolean {
  return (a.x1 < b.x0 || a.y1 < b.y0) && !(b.x1 < a.x0 || b.y1 < a.y0)
}

function kahn(sorted: readonly Block[], nearer: readonly number[][], waits: number[]): string[] {
  // Blocks are sorted by (x0 + y0, id), so the smallest ready index is the next one.
  const ready = new Heap()
  waits.forEach((count, i) => count === 0 && ready.push(i))
  const order: string[] = []
  for (let i = ready.pop(); i !== undefined; i = ready.pop()) {
    order.push(sorted[i]?.id ?? '')
    for (const j of nearer[i] ?? []) {
      waits[j] = (waits[j] ?? 0) - 1
      if (waits[j] === 0) ready.push(j)
    }
  }
  return order
}

/** Numbers, smallest first. */
class Heap {
  private readonly rows: number[] = []

  push(value: number): void {
    const at = this.rows.findIndex((row) => row < value)
    this.rows.splice(at === -1 ? this.rows.length : at, 0, value)
  }

  pop(): number | undefined {
    return this.rows.pop()
  }
}

/** By code point, as the server compares. */
function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
