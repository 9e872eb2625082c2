import type { Atlas, Frame } from './atlas.ts'
import type { Book } from './rules/book.ts'
import { screen } from './rules/order.ts'
import type { Draw } from './rules/scene.ts'
import type { Box } from './camera.ts'

/** How often the map was painted since the page was opened; panning must not add to it. */
export const counted = { paints: 0, sprites: 0 }

const HEADROOM = 170
const MARGIN = 48

/** The land in map pixels, without what stands on it. */
export function landBox(book: Book): Box {
  const { size } = book.map
  return { left: screen(0, size)[0], top: 0, right: screen(size, 0)[0], bottom: screen(size, size)[1] }
}

/** The land with room for roofs and the cut edge of the board. */
export function sheetBox(book: Book): Box {
  const land = landBox(book)
  return { left: land.left - MARGIN, top: -HEADROOM, right: land.right + MARGIN, bottom: land.bottom + MARGIN }
}

/** The open parcels in map pixels, with headroom: what the first look shows. */
export function openBox(parcels: Iterable<number>, book: Book): Box {
  const { size, parcel: edge } = book.map
  const side = size / edge
  const corners = [...parcels].flatMap((parcel) =>
    [0, 1].flatMap((dx) => [0, 1].map((dy) => screen(((parcel % side) + dx) * edge, (Math.floor(parcel / side) + dy) * edge))),
  )
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
  return { left: Math.min(...xs) - 24, top: Math.min(...ys) - 90, right: Math.max(...xs) + 24, bottom: Math.max(...ys) + 30 }
}

/** Paint the whole map once; after that it is only moved. */
export function paint(canvas: HTMLCanvasElement, atlas: Atlas, draws: readonly Draw[], box: Box, density: number, night: boolean): void {
  const [width, height] = [box.right - box.left, box.bottom - box.top]
  canvas.width = Math.round(width * density)
  canvas.height = Math.round(height * density)
  const pen = canvas.getContext('2d')
  if (!pen) return
  pen.setTransform(density, 0, 0, density, -box.left * density, -box.top * density)
  pen.imageSmoothingQuality = 'high'
  for (const draw of draws) {
    // At night the sheet that is still a sketch is dark paper.
    pen.globalAlpha = night && draw.frame.startsWith('sketch') ? 0.14 : 1
    stamp(pen, atlas, draw)
  }
  if (night) darken(pen, box, draws)
  counted.paints += 1
}

/** Paint one picture with its cell's corner at `x`, `y`. */
export function stamp(pen: CanvasRenderingContext2D, atlas: Atlas, { frame, x, y }: Draw): void {
  const found: Frame | undefined = atlas.frames[frame]
  if (!found) return
  const [sx, sy, w, h, left, top, shrunk] = found
  const scale = atlas.scale / (shrunk ? 2 : 1)
  pen.drawImage(atlas.image, sx, sy, w, h, x + left / scale, y + top / scale, w / scale, h / scale)
  counted.sprites += 1
}

/** Night over the map: a blue veil, and lanterns that glow. */
function darken(pen: CanvasRenderingContext2D, box: Box, draws: readonly Draw[]): void {
  pen.globalCompositeOperation = 'source-atop'
  pen.fillStyle = 'rgb(14 28 44 / 46%)'
  pen.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top)
  pen.globalCompositeOperation = 'lighter'
  for (const { x, y } of draws.filter((draw) => draw.frame.startsWith('solar_lantern'))) {
    const [cx, cy] = [x + 11, y - 28]
    const light = pen.createRadialGradient(cx, cy, 2, cx, cy, 70)
    light.addColorStop(0, 'rgb(255 205 110 / 60%)')
    light.addColorStop(0.25, 'rgb(255 190 90 / 22%)')
    light.addColorStop(1, 'rgb(255 190 90 / 0%)')
    pen.fillStyle = light
    pen.fillRect(cx - 70, cy - 70, 140, 140)
  }
  pen.globalCompositeOperation = 'source-over'
}
