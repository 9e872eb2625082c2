import { describe, expect, it } from 'vitest'

import { isPrepaid, wholeOr, withPrepaid } from './tariff_terms.ts'

describe('a whole number of the document', () => {
  it.each([
    ['15', 15],
    [' 7 ', 7],
    ['', ''],
    ['1.5', '1.5'],
    ['-1', '-1'],
    ['x', 'x'],
  ])('%j is kept as %j', (typed, kept) => expect(wholeOr(typed)).toBe(kept))
})

describe('prepayment', () => {
  it('is on with the thresholds of the document, and gone when it is off', () => {
    const written = { id: 'x', prepaid: { enabled: false, low_balance: '20', cutoff_balance: '1' } }
    expect(isPrepaid(written)).toBe(false)
    expect(withPrepaid(written, true)).toEqual({ id: 'x', prepaid: { enabled: true, low_balance: '20', cutoff_balance: '1' } })
    expect(withPrepaid(withPrepaid({ id: 'x' }, true), false)).toEqual({ id: 'x' })
  })
})
