import { describe, expect, it } from 'vitest'

import { lights } from './anchors.ts'
import { BOOK } from './rules/book.ts'
import { rows } from './rules/terrain.ts'
import type { InstanceRow, MapAnswer, PlayedAnswer } from './shapes.ts'
import { campusOf, merged, sent } from './wire.ts'

const bench: InstanceRow = {
  uid: 'b',
  item: 'bench',
  state: 'PLACED',
  space: 'campus',
  x: 9,
  y: 8,
  rot: 3,
  level: 1,
  currency: 'SUN',
  paid: 15,
  bought_at: '2026-04-07T03:00:00Z',
}
const drop = (uid: string, amount: number) => ({ uid, amount, kind: 'saving', effective_on: '2026-04-06', state: 'RIPE' as const })
const map: MapAnswer = {
  uid: 'm',
  version: 4,
  name: '',
  seed: 1,
  rules_version: BOOK.version,
  balances: { SUN: 80, CP: 0 },
  level: 2,
  xp: 200,
  parcels: [5, 6, 9, 10],
  terrain: rows(1).join(''),
  instances: [bench],
  drops: [drop('d', 31), drop('e', 12)],
  full_today: false,
  visibility: 'ROOM',
  preview: false,
  layouts: [],
  chapter: { id: 'studio', name: 'Studio', week: 6, ends_on: null },
  season: 'spring',
}

describe('an answer', () => {
  it('becomes the campus that the rules see', () => {
    const campus = campusOf(map)
    expect(campus.ground).toEqual(rows(1))
    expect(campus.instances.get('b')?.spot).toEqual({ x: 9, y: 8, rot: 3, space: 'campus' })
    expect(campus.instances.get('b')?.boughtAt).toBe('2026-04-07T03:00:00Z')
  })

  it('replaces what it speaks of and drops what is gone', () => {
    const answer: PlayedAnswer = {
      ...map,
      version: 6,
      balances: { SUN: 126, CP: 0 },
      results: [],
      instances: [{ ...bench, state: 'RETURNED', x: null, y: null }],
      drops: [{ ...drop('d', 31), state: 'COLLECTED' }],
      rebased: false,
    }
    const after = merged(map, { ...answer })
    expect([after.version, after.balances.SUN]).toEqual([6, 126])
    expect(after.instances).toEqual([])
    expect(after.drops.map((one) => one.uid)).toEqual(['e'])
  })

  it('with a whole map is that map', () => {
    const whole = { ...map, version: 9 }
    expect(merged(map, { ...map, results: [], rebased: true, map: whole })).toBe(whole)
  })
})

describe('an action', () => {
  const spot = { x: 9, y: 8, rot: 1, space: 'campus' }

  it('is sent in the form of the server', () => {
    expect(sent({ id: '1', type: 'buy', item: 'bench', currency: 'SUN', spot })).toEqual({
      id: '1',
      type: 'buy',
      item: 'bench',
      currency: 'SUN',
      place: spot,
    })
    expect(sent({ id: '2', type: 'move', instance: 'b', spot })).toEqual({ id: '2', type: 'move', instance: 'b', ...spot })
    expect(sent({ id: '3', type: 'collect', drops: null })).toEqual({ id: '3', type: 'collect', drops: 'all' })
    expect(sent({ id: '4', type: 'store', instance: 'b' })).toEqual({ id: '4', type: 'store', instance: 'b' })
  })
})

describe('the lights', () => {
  const many = (n: number) => Array.from({ length: n }, (_, i) => ({ id: `d${i}`, amount: 10, state: 'RIPE' as const }))

  it('are one for each drop while they are few', () => {
    expect(lights(campusOf(map), many(3), BOOK).map((light) => light.amount)).toEqual([10, 10, 10])
  })

  it('gather the older ones in the last', () => {
    const found = lights(campusOf(map), many(9), BOOK)
    expect(found.map((light) => light.amount)).toEqual([10, 10, 10, 10, 10, 40])
    expect(new Set(found.map((light) => `${light.x},${light.y}`)).size).toBe(6)
  })

  it('float over the lodge when it stands', () => {
    const lodge = { ...bench, uid: 'l', item: 'dorm_lodge', x: 7, y: 7, rot: 0 }
    const campus = campusOf({ ...map, instances: [lodge] })
    expect(lights(campus, many(1), BOOK)[0]).toMatchObject({ x: 0, y: 256 - 92 })
  })
})
