import { describe, expect, it } from 'vitest'

import { instantOf } from './when.ts'

describe('instantOf', () => {
  it('reads a time of the form as the time of the campus', () => {
    expect(instantOf('2026-05-05', '18:30', 'Asia/Seoul')).toBe('2026-05-05T09:30:00.000Z')
  })
  it('follows daylight saving on both sides of the change', () => {
    expect(instantOf('2026-03-29', '01:30', 'Europe/Berlin')).toBe('2026-03-29T00:30:00.000Z')
    expect(instantOf('2026-03-29', '03:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
  })
})
