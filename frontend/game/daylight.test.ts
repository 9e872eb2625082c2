import { expect, it } from 'vitest'

import { daylightAt } from './daylight.ts'

const at = (hour: string) => Date.parse(`2026-11-22T${hour}:00+09:00`)

it.each([
  ['05:59', 'night'],
  ['06:00', 'day'],
  ['16:59', 'day'],
  ['17:00', 'dusk'],
  ['18:59', 'dusk'],
  ['19:00', 'night'],
] as const)('an autumn campus at %s by its own clock lies in the light of %s', (hour, light) => {
  expect(daylightAt(at(hour), 'autumn', 'Asia/Seoul')).toBe(light)
})

it('the sun of summer stays two hours longer', () => {
  expect(daylightAt(at('18:30'), 'summer', 'Asia/Seoul')).toBe('day')
})
