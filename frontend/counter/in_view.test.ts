import { expect, it } from 'vitest'

import { InView } from './in_view.ts'

it('reads a coupon that stays in the picture once, also when its code changes', () => {
  const view = new InView(1_500)
  expect(view.isNew('C1.K1.AAAA.100.TAG', 0)).toBe(true)
  expect(view.isNew('C1.K1.AAAA.100.TAG', 1_000)).toBe(false)
  expect(view.isNew('C1.K1.AAAA.101.GAT', 2_000)).toBe(false)
})

it('reads it again when it was taken away and shown anew', () => {
  const view = new InView(1_500)
  view.isNew('C1.K1.AAAA.100.TAG', 0)
  expect(view.isNew('C1.K1.AAAA.100.TAG', 1_501)).toBe(true)
})

it('remembers what is still there while nothing may be read', () => {
  const view = new InView(1_500)
  view.isNew('C1.K1.AAAA.100.TAG', 0)
  view.still('C1.K1.AAAA.100.TAG', 1_400)
  view.still('C1.K1.BBBB.100.TAG', 2_000)
  expect(view.isNew('C1.K1.AAAA.100.TAG', 2_800)).toBe(false)
  expect(view.isNew('C1.K1.BBBB.100.TAG', 2_900)).toBe(true)
})
