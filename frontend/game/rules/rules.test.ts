import { describe, expect, it } from 'vitest'

import actions from '../../../tests/vectors/game/actions.json'
import amounts from '../../../tests/vectors/game/amounts.json'
import order from '../../../tests/vectors/game/order.json'
import scenes from '../../../tests/vectors/game/scene.json'
import terrain from '../../../tests/vectors/game/terrain.json'
import type { Action } from './actions.ts'
import * as amount from './amounts.ts'
import { run } from './batch.ts'
import { BOOK } from './book.ts'
import { levelOf, xpNeeded } from './levels.ts'
import { groundOrder, objectOrder } from './order.ts'
import { scene } from './scene.ts'
import { type Campus, type Drop, type Instance, type Layout, PLAIN, type Spot, stored, type Visibility } from './state.ts'
import { rows } from './terrain.ts'

interface Row {
  id: string
  item: string
  state: Instance['state']
  spot?: Partial<Spot>
  bought_at?: string
  [more: string]: unknown
}
interface World {
  ground: string[]
  parcels: number[]
  balances: Record<string, number>
  xp: number
  name: string
  drops?: Drop[]
  chapter?: string
  layouts?: Record<string, Layout>
  neighbours?: Record<string, { open: boolean; plants: string[]; watered_today: boolean; received_today: number }>
  given_today?: number
  monument_open?: boolean
  visibility?: Visibility
}
interface Case {
  name: string
  with?: Partial<World>
  instances: Row[]
  actions: Record<string, unknown>[]
  codes: (string | null)[]
  after?: {
    where?: Record<string, string | null>
    states?: Record<string, string>
    balances?: Record<string, number>
    parcels?: number[]
    xp?: number
    name?: string
    gone?: string[]
    visibility?: Visibility
  }
}

const spotOf = (spot?: Partial<Spot>): Spot | null =>
  spot ? { x: spot.x ?? 0, y: spot.y ?? 0, rot: spot.rot ?? 0, space: spot.space ?? 'campus' } : null

function instanceOf({ spot, bought_at, ...row }: Row): Instance {
  return { ...stored(row.id, row.item), ...row, spot: spotOf(spot), boughtAt: bought_at ?? null }
}

function campusOf(one: Case): Campus {
  const world: World = { ...actions.worlds.meadow, ...one.with }
  return {
    ...PLAIN,
    ...world,
    layouts: new Map(Object.entries(world.layouts ?? {}).map(([slot, layout]) => [Number(slot), layout])),
    neighbours: new Map(
      Object.entries(world.neighbours ?? {}).map(([id, met]) => [
        id,
        { open: met.open, plants: new Set(met.plants), wateredToday: met.watered_today, receivedToday: met.received_today },
      ]),
    ),
    givenToday: world.given_today ?? 0,
    monumentOpen: world.monument_open ?? false,
    parcels: new Set(world.parcels),
    drops: new Map((world.drops ?? []).map((drop) => [drop.id, drop])),
    instances: new Map(one.instances.map((row) => [row.id, instanceOf(row)])),
  }
}

function where(one: Instance | undefined): string | null {
  if (!one?.spot) return null
  const { x, y, rot, space } = one.spot
  if (space !== 'campus') return `${x},${y},${rot},${space}`
  return rot ? `${x},${y},${rot}` : `${x},${y}`
}

describe('actions', () => {
  it.each(actions.cases as Case[])('$name', (one) => {
    const wishes = one.actions.map((row) => ({ ...row, spot: spotOf(row['spot'] as Spot) ?? undefined })) as Action[]
    const before = campusOf(one)
    const { campus, outcomes } = run(before, wishes, new Date(actions.at), BOOK)
    expect(outcomes.map((outcome) => outcome.code)).toEqual(one.codes)
    const after = one.after ?? {}
    for (const [id, place] of Object.entries(after.where ?? {})) expect(where(campus.instances.get(id))).toBe(place)
    for (const [id, state] of Object.entries(after.states ?? {})) expect(campus.instances.get(id)?.state).toBe(state)
    if (after.balances) expect(campus.balances).toEqual(after.balances)
    expect([...campus.parcels].sort((a, b) => a - b)).toEqual(after.parcels ?? [...before.parcels])
    if (after.xp !== undefined) expect(campus.xp).toBe(after.xp)
    expect(campus.name).toBe(after.name ?? before.name)
    if (after.visibility) expect(campus.visibility).toBe(after.visibility)
    for (const id of after.gone ?? []) expect(campus.instances.has(id)).toBe(false)
  })
})

// eslint-disable-next-line @typescript-eslint/no-explicit-any
const formulas: Record<string, (one: any) => unknown> = {
  saving: (one) => amount.saving(one.share, BOOK),
  mean: (one) => amount.meanSaving(one.days, BOOK),
  day: (one) => amount.dayAmount(one.share, one.hold, one.away, BOOK),
  pv: (one) => amount.pvDay(one.yield_wh, one.p90_wh, BOOK),
  split: (one) => amount.pvSplit(one.amount, one.yields_wh),
  chest: (one) => amount.chestNeed(one.away_days, BOOK),
  granted: (one) => amount.granted(one.wanted, one.today, one.week, BOOK),
  level: (one) => levelOf(one.xp, BOOK),
  xp: (one) => xpNeeded(one.level, BOOK),
}

describe('amounts', () => {
  it.each(amounts.cases.map((one) => [JSON.stringify(one), one] as const))('%s', (_, one) => {
    const found = formulas[one.f]?.(one)
    if (one.f === 'mean') expect(found).toBeCloseTo(one.is as number, 12)
    else expect(found).toEqual(one.is)
  })
})

describe('draw order', () => {
  it.each(order.cases)('$name', ({ blocks, objects, ...rest }) => {
    expect(objectOrder(blocks)).toEqual(objects)
    expect(objectOrder([...blocks].reverse())).toEqual(objects)
    if ('ground' in rest) expect(groundOrder(blocks)).toEqual(rest.ground)
  })
})

describe('terrain', () => {
  it.each(terrain.cases)('grows from $seed', (one) => {
    expect(rows(one.seed)).toEqual(one.rows)
  })
})

describe('scene', () => {
  it.each(scenes.cases)('$name', (one) => {
    const instances = one.instances.map((row): [string, Instance] => [
      row.id,
      {
        ...stored(row.id, row.item),
        state: row.state as Instance['state'],
        level: row.level,
        spot: row.state === 'PLACED' ? { x: row.x ?? 0, y: row.y ?? 0, rot: row.rot, space: 'campus' } : null,
      },
    ])
    const campus: Campus = {
      ...PLAIN,
      ground: rows(one.seed),
      parcels: new Set(one.parcels),
      instances: new Map(instances),
      drops: new Map(),
      balances: {},
      xp: 0,
      name: '',
    }
    expect(scene(campus, one.seed, BOOK).map((draw) => `${draw.frame} ${draw.x} ${draw.y}`)).toEqual(one.draws)
  })
})
