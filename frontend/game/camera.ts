/** Where the eye is: the map point in the middle of the view, and how large the map is shown. */
export interface Camera {
  x: number
  y: number
  zoom: number
}

export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

export const NEAREST = 2.5
export const FARTHEST = 0.4

/** The camera that shows a whole box in a view of `width` x `height` pixels. */
export function showing(box: Box, width: number, height: number): Camera {
  const zoom = Math.min(width / (box.right - box.left), height / (box.bottom - box.top))
  return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, zoom: within(zoom, FARTHEST, NEAREST) }
}

/** Move so that the map follows a finger by `dx`, `dy` view pixels. */
export function dragged(camera: Camera, dx: number, dy: number, land: Box): Camera {
  return held({ ...camera, x: camera.x - dx / camera.zoom, y: camera.y - dy / camera.zoom }, land)
}

/** Zoom by `factor`; what is at `px`, `py` view pixels from the middle stays there. */
export function zoomed(camera: Camera, factor: number, px: number, py: number, land: Box): Camera {
  const zoom = within(camera.zoom * factor, FARTHEST, NEAREST)
  const kept = 1 / camera.zoom - 1 / zoom
  return held({ x: camera.x + px * kept, y: camera.y + py * kept, zoom }, land)
}

/** The map point at `px`, `py` view pixels from the middle. */
export function pointAt(camera: Camera, px: number, py: number): [number, number] {
  return [camera.x + px / camera.zoom, camera.y + py / camera.zoom]
}

/** The middle of the view never leaves the land. */
function held(camera: Camera, land: Box): Camera {
  return { ...camera, x: within(camera.x, land.left, land.right), y: within(camera.y, land.top, land.bottom) }
}

function within(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}
