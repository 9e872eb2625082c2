import { expect, it } from 'vitest'

import { asMinor, asTyped } from './amounts.ts'

it('gives back what it showed, with and without decimals', () => {
  for (const digits of [0, 2, 3]) for (const minor of [0, 1, 4_500, 123_456]) expect(asMinor(asTyped(minor, digits), digits)).toBe(minor)
})

it('reads grouped digits and refuses what is no amount', () => {
  expect(asMinor('1,250.5', 2)).toBe(125_050)
  expect(asMinor('', 0)).toBeUndefined()
  expect(asMinor('ten', 0)).toBeUndefined()
})
