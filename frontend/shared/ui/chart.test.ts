import { describe, expect, it } from 'vitest'

import { type Bar, ceiling, gridSteps, usualPath } from './chart.ts'

const bar = (value: number | null, usual?: number | null): Bar => ({ key: 'k', axis: '', name: '', value, state: 'actual', usual })

describe('gridSteps', () => {
  it.each([
    [3.9, [1, 2, 3]],
    [10, [2.5, 5, 7.5, 10]],
    [12_000, [5000, 10_000]],
  ])('draws few round lines up to %d', (largest, lines) => {
    expect(gridSteps(largest)).toEqual(lines)
  })
  it('has between two and four lines for any size', () => {
    for (let size = 0.013; size < 1e6; size *= 1.17) {
      expect(gridSteps(size).length).toBeGreaterThanOrEqual(2)
      expect(gridSteps(size).length).toBeLessThanOrEqual(4)
    }
  })
  it('draws nothing when nothing was used', () => expect(gridSteps(0)).toEqual([]))
})

it('leaves air above the larger of value and usual', () => {
  expect(ceiling([bar(10, 100), bar(null)])).toBeCloseTo(112)
})

it('breaks the line of the usual where it is unknown', () => {
  const bars = [bar(1, 2), bar(1, 3), bar(1, null), bar(1, 4)]
  const path = usualPath(bars, (index) => index, (value) => value)
  expect(path).toBe('M0.0 2.0L1.0 3.0M3.0 4.0')
})
