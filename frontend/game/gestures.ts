/** Fingers, mouse and wheel on the map, told as drag, zoom and tap; points are from the middle of the view. */
export interface Hands {
  drag(dx: number, dy: number): void
  zoom(factor: number, px: number, py: number): void
  tap(px: number, py: number): void
}

interface Finger {
  x: number
  y: number
  startX: number
  startY: number
}

const STILL = 8

/** Attachment for the element that the map is seen through. */
export function gestures(hands: Hands): (view: HTMLElement) => () => void {
  return (view) => {
    const fingers = new Map<number, Finger>()
    let moved = false

    const middle = (event: { clientX: number; clientY: number }): [number, number] => {
      const box = view.getBoundingClientRect()
      return [event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2]
    }

    const down = (event: PointerEvent) => {
      // Buttons above the map keep their own taps.
      if ((event.target as Element).closest('button') || event.button > 0) return
      if (fingers.size === 0) moved = false
      const [x, y] = middle(event)
      fingers.set(event.pointerId, { x, y, startX: x, startY: y })
      view.setPointerCapture(event.pointerId)
    }

    const move = (event: PointerEvent) => {
      const finger = fingers.get(event.pointerId)
      if (!finger) return
      const [x, y] = middle(event)
      if (Math.hypot(x - finger.startX, y - finger.startY) > STILL) moved = true
      if (fingers.size === 1 && moved) hands.drag(x - finger.x, y - finger.y)
      if (fingers.size === 2) pinch(event.pointerId, finger, x, y)
      Object.assign(finger, { x, y })
    }

    const pinch = (id: number, finger: Finger, x: number, y: number) => {
      moved = true
      const other = [...fingers].find(([name]) => name !== id)?.[1]
      if (!other) return
      const [before, after] = [Math.hypot(finger.x - other.x, finger.y - other.y), Math.hypot(x - other.x, y - other.y)]
      if (before > 0) hands.zoom(after / before, (x + other.x) / 2, (y + other.y) / 2)
      hands.drag((x - finger.x) / 2, (y - finger.y) / 2)
    }

    const up = (event: PointerEvent) => fingers.delete(event.pointerId)

    // A tap is told by its click, not when the finger leaves: a sheet that opened before the click
    // would take it for a tap beside the sheet.
    const click = (event: MouseEvent) => {
      if (!moved && !(event.target as Element).closest('button')) hands.tap(...middle(event))
    }

    const wheel = (event: WheelEvent) => {
      event.preventDefault()
      hands.zoom(Math.exp(-event.deltaY / 400), ...middle(event))
    }

    view.addEventListener('pointerdown', down)
    view.addEventListener('pointermove', move)
    view.addEventListener('pointerup', up)
    view.addEventListener('pointercancel', up)
    view.addEventListener('click', click)
    view.addEventListener('wheel', wheel, { passive: false })
    return () => {
      view.removeEventListener('pointerdown', down)
      view.removeEventListener('pointermove', move)
      view.removeEventListener('pointerup', up)
      view.removeEventListener('pointercancel', up)
      view.removeEventListener('click', click)
      view.removeEventListener('wheel', wheel)
    }
  }
}
