import type { Action } from './rules/actions.ts'
import { type Campus, type Drop, type Instance, PLAIN, type Spot } from './rules/state.ts'
import { unfolded } from './rules/terrain.ts'
import type { DropRow, InstanceRow, MapAnswer, PlayedAnswer, Visit } from './shapes.ts'

/** The map of an answer as the rules see it. */
export function campusOf(map: MapAnswer): Campus {
  return {
    ...PLAIN,
    chapter: map.chapter.id,
    visibility: map.visibility,
    preview: map.preview,
    layouts: new Map(map.layouts.map(({ slot, ...layout }) => [slot, layout])),
    ground: unfolded(map.terrain),
    parcels: new Set(map.parcels),
    instances: new Map(map.instances.map((row) => [row.uid, instanceOf(row)])),
    drops: new Map(map.drops.map((row) => [row.uid, dropOf(row)])),
    balances: map.balances,
    xp: map.xp,
    name: map.name,
  }
}

/** A neighbour's campus as the rules see it: to look at. */
export function campusOfVisit(visit: Visit): Campus {
  return {
    ...PLAIN,
    ground: unfolded(visit.terrain),
    parcels: new Set(visit.parcels),
    instances: new Map(visit.instances.map((row) => [row.uid, instanceOf(row)])),
    drops: new Map(),
    balances: {},
    xp: 0,
    name: visit.name,
  }
}

/** The confirmed map after a batch was answered. */
export function merged(map: MapAnswer, answer: PlayedAnswer): MapAnswer {
  if (answer.map) return answer.map
  const { version, name, balances, level, xp, parcels, visibility, preview, layouts } = answer
  const instances = replaced(map.instances, answer.instances).filter((row) => row.state !== 'RETURNED')
  const drops = replaced(map.drops, answer.drops).filter((row) => row.state === 'RIPE')
  return { ...map, version, name, balances, level, xp, parcels, visibility, preview, layouts, instances, drops }
}

/** An action as it is sent. */
export function sent(action: Action): Record<string, unknown> {
  switch (action.type) {
    case 'buy': {
      const { spot, ...rest } = action
      return spot ? { ...rest, place: spot } : rest
    }
    case 'place':
    case 'move': {
      const { spot, ...rest } = action
      return { ...rest, ...spot }
    }
    case 'collect':
      return { ...action, drops: action.drops ?? 'all' }
    default:
      return { ...action }
  }
}

function replaced<T extends { uid: string }>(rows: readonly T[], newer: readonly T[]): T[] {
  const byId = new Map(rows.map((row) => [row.uid, row]))
  for (const row of newer) byId.set(row.uid, row)
  return [...byId.values()]
}

function instanceOf(row: InstanceRow): Instance {
  const { uid: id, item, state, level, currency, paid, bought_at: boughtAt } = row
  return { id, item, state, level, currency, paid, boughtAt, gift: false, spot: spotOf(row) }
}

function spotOf({ x, y, rot, space }: InstanceRow): Spot | null {
  return x === null || y === null ? null : { x, y, rot, space }
}

function dropOf({ uid: id, amount, state }: DropRow): Drop {
  return { id, amount, state }
}
