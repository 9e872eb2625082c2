import type { Atlas } from './atlas.ts'
import type { Draw } from './rules/scene.ts'

let probe: CanvasRenderingContext2D | null | undefined

/** The instance whose picture is under a map point: the nearest to the eye whose pixel is not clear. */
export function instanceAt(atlas: Atlas, draws: readonly Draw[], x: number, y: number): string | undefined {
  return draws.findLast((draw) => draw.id !== undefined && covers(atlas, draw, x, y))?.id
}

function covers(atlas: Atlas, draw: Draw, x: number, y: number): boolean {
  const frame = atlas.frames[draw.frame]
  if (!frame) return false
  const [sx, sy, w, h, left, top] = frame
  const [px, py] = [Math.floor((x - draw.x) * atlas.scale - left), Math.floor((y - draw.y) * atlas.scale - top)]
  return px >= 0 && py >= 0 && px < w && py < h && !isClear(atlas, sx + px, sy + py)
}

function isClear(atlas: Atlas, x: number, y: number): boolean {
  probe ??= pixel()
  if (!probe) return false
  probe.clearRect(0, 0, 1, 1)
  probe.drawImage(atlas.image, x, y, 1, 1, 0, 0, 1, 1)
  return (probe.getImageData(0, 0, 1, 1).data[3] ?? 0) < 40
}

function pixel(): CanvasRenderingContext2D | null {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 1
  return canvas.getContext('2d', { willReadFrequently: true })
}
