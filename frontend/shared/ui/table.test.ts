import { describe, expect, it } from 'vitest'

import { sorted, windowOf } from './table.ts'

describe('sorted', () => {
  const rows = [{ n: 2 }, { n: null }, { n: 10 }]

  it('compares numbers as numbers and keeps missing values last in both directions', () => {
    expect(sorted(rows, (row) => row.n, false).map((row) => row.n)).toEqual([2, 10, null])
    expect(sorted(rows, (row) => row.n, true).map((row) => row.n)).toEqual([10, 2, null])
  })
  it('compares room numbers inside text', () => {
    const rooms = [{ r: 'B-10' }, { r: 'B-9' }]
    expect(sorted(rooms, (row) => row.r, false).map((row) => row.r)).toEqual(['B-9', 'B-10'])
  })
})

describe('windowOf', () => {
  it('draws short lists whole', () => {
    expect(windowOf(120, 0, 400, 36)).toEqual({ from: 0, to: 120, before: 0, after: 0 })
  })
  it('keeps the height of what it leaves out', () => {
    const window = windowOf(2000, 36_000, 400, 36)
    expect(window.before + (window.to - window.from) * 36 + window.after).toBe(2000 * 36)
    expect(window.from).toBeLessThan(1000)
    expect(window.to).toBeGreaterThan(1011)
  })
})
