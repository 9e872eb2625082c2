import { describe, expect, it } from 'vitest'

import { dragged, FARTHEST, NEAREST, pointAt, showing, zoomed } from './camera.ts'

const LAND = { left: -768, top: 0, right: 768, bottom: 768 }
const middle = { x: 0, y: 384, zoom: 1 }

describe('the camera', () => {
  it('shows a whole box', () => {
    const camera = showing({ left: -400, top: 100, right: 400, bottom: 500 }, 400, 400)
    expect(camera).toEqual({ x: 0, y: 300, zoom: 0.5 })
  })

  it('follows the finger', () => {
    expect(dragged({ ...middle, zoom: 2 }, 20, -10, LAND)).toEqual({ x: -10, y: 389, zoom: 2 })
  })

  it('keeps the middle of the view on the land', () => {
    expect(dragged(middle, 99_999, 99_999, LAND)).toEqual({ x: -768, y: 0, zoom: 1 })
  })

  it('keeps the point under the fingers while zooming', () => {
    const before = pointAt(middle, 80, -60)
    expect(pointAt(zoomed(middle, 1.7, 80, -60, LAND), 80, -60)).toEqual([
      expect.closeTo(before[0], 9),
      expect.closeTo(before[1], 9),
    ])
  })

  it('stays between near and far', () => {
    expect(zoomed(middle, 100, 0, 0, LAND).zoom).toBe(NEAREST)
    expect(zoomed(middle, 0.001, 0, 0, LAND).zoom).toBe(FARTHEST)
  })
})
