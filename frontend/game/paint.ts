import type { Atlas, Frame } from './atlas.ts'
import { type Book, itemOf } from './rules/book.ts'
import { screen } from './rules/order.ts'
import { footprint, inSpace } from './rules/placement.ts'
import type { Draw } from './rules/scene.ts'
import { CAMPUS, type Campus } from './rules/state.ts'
import type { Box } from './camera.ts'
import type { Season } from './shapes.ts'

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

/** The open parcels in map pixels, with headroom: what the first look shows of a bare campus. */
export function openBox(parcels: Iterable<number>, book: Book): Box {
  const { size, parcel: edge } = book.map
  const side = size / edge
  return around([...parcels].map((parcel) => ({ x: (parcel % side) * edge, y: Math.floor(parcel / side) * edge, w: edge, h: edge })))
}

/** What was built in map pixels, with headroom; a bare campus shows its open land. */
export function builtBox(campus: Campus, book: Book): Box {
  const built = inSpace(campus, CAMPUS).flatMap((one) => {
    const [w, h] = footprint(itemOf(book, one.item), one.spot?.rot ?? 0)
    return one.spot ? [{ x: one.spot.x, y: one.spot.y, w, h }] : []
  })
  return built.length > 0 ? around(built) : openBox(campus.parcels, book)
}

function around(fields: readonly { x: number; y: number; w: number; h: number }[]): Box {
  const corners = fields.flatMap(({ x, y, w, h }) => [screen(x, y), screen(x + w, y), screen(x, y + h), screen(x + w, y + h)])
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
  return { left: Math.min(...xs) - 24, top: Math.min(...ys) - 90, right: Math.max(...xs) + 24, bottom: Math.max(...ys) + 30 }
}

/** How the map looks just now: the season, the hour, and what the real sun and night gave. */
export interface Light {
  season: Season
  hour: 'day' | 'dusk' | 'night'
  /** The roof's day as a part of a bright one, 0 to 1. */
  sun: number
  /** How bright the dorm's own night was, 0 to 1. */
  windows: number
}

/** What a season colours: all land, with the woods on it; water stays as it is. */
const SEASONAL = /^(grass|slope|plaza|kerb|sketch\/[gsp]|sketch\/wood)/

/** Paint the whole map once; after that it is only moved. */
export function paint(canvas: HTMLCanvasElement, atlas: Atlas, draws: readonly Draw[], box: Box, density: number, light: Light): void {
  const [width, height] = [box.right - box.left, box.bottom - box.top]
  canvas.width = Math.round(width * density)
  canvas.height = Math.round(height * density)
  const pen = canvas.getContext('2d')
  if (!pen) return
  pen.setTransform(density, 0, 0, density, -box.left * density, -box.top * density)
  pen.imageSmoothingQuality = 'high'
  const land = draws.filter((draw) => SEASONAL.test(draw.frame))
  for (const draw of land) stamp(pen, atlas, draw)
  tint(pen, box, atlas.lights[light.season])
  for (const draw of draws) {
    if (SEASONAL.test(draw.frame)) continue
    stamp(pen, atlas, draw)
  }
  if (light.hour === 'day') shine(pen, draws, light.sun)
  else {
    tint(pen, box, atlas.lights[light.hour])
    glow(pen, draws, light)
  }
  counted.paints += 1
}

/** Lay a colour over all that is painted so far. */
function tint(pen: CanvasRenderingContext2D, box: Box, [r, g, b, share]: readonly [number, number, number, number] = [0, 0, 0, 0]): void {
  if (!share) return
  pen.globalCompositeOperation = 'source-atop'
  pen.fillStyle = `rgb(${r} ${g} ${b} / ${share})`
  pen.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top)
  pen.globalCompositeOperation = 'source-over'
}

/** Panels shine with what the real roof gave. */
function shine(pen: CanvasRenderingContext2D, draws: readonly Draw[], sun: number): void {
  for (const { frame, x, y } of draws) {
    if (frame.startsWith('pv_canopy')) spot(pen, x, y - 8, 46, `255 244 200`, 0.5 * sun)
  }
}

/** After sunset lanterns burn what the day gave; the lodge's windows follow the dorm's real night. */
function glow(pen: CanvasRenderingContext2D, draws: readonly Draw[], { sun, windows }: Light): void {
  for (const { frame, x, y } of draws) {
    if (frame.startsWith('solar_lantern')) spot(pen, x + 11, y - 28, 70, '255 205 110', 0.15 + 0.5 * sun)
    if (frame.startsWith('hanji_lantern')) spot(pen, x + 10, y - 20, 60, '255 205 110', 0.45)
    if (frame.startsWith('dorm_lodge')) for (const [dx, dy] of WINDOWS.slice(0, Math.round(windows * WINDOWS.length))) spot(pen, x + dx, y + dy, 17, '255 214 130', 0.75)
  }
}

/** Where the lodge's windows are, from its cell's corner. */
const WINDOWS: readonly (readonly [number, number])[] = [
  [-38, 16],
  [18, 24],
  [-18, 26],
  [38, 14],
  [-28, -4],
  [28, -2],
  [-8, 8],
  [14, 4],
]

function spot(pen: CanvasRenderingContext2D, x: number, y: number, far: number, colour: string, strength: number): void {
  const light = pen.createRadialGradient(x, y, 1, x, y, far)
  light.addColorStop(0, `rgb(${colour} / ${strength})`)
  light.addColorStop(0.3, `rgb(${colour} / ${strength * 0.36})`)
  light.addColorStop(1, `rgb(${colour} / 0)`)
  pen.globalCompositeOperation = 'lighter'
  pen.fillStyle = light
  pen.fillRect(x - far, y - far, far * 2, far * 2)
  pen.globalCompositeOperation = 'source-over'
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
