export const CAMPUS = 'campus'
export type InstanceState = 'STORED' | 'PLACED' | 'RETURNED'
export type DropState = 'RIPE' | 'COLLECTED' | 'BANKED' | 'VOID'

/** A place for an item: its lowest cell, its turn (0-3), and `campus` or a building's instance id. */
export interface Spot {
  x: number
  y: number
  rot: number
  space: string
}

/** A student's own item; `spot` is set exactly while it is placed. */
export interface Instance {
  id: string
  item: string
  state: InstanceState
  spot: Spot | null
  level: number
  currency: string
  paid: number
  boughtAt: string | null
  gift: boolean
}

/** Sunlight waiting on the map. */
export interface Drop {
  id: string
  amount: number
  state: DropState
}

/** A remembered arrangement: where each instance stood outside. */
export interface Layout {
  name: string
  spots: Readonly<Record<string, { x: number; y: number; rot: number }>>
}

/** What a helper must know of another student's campus. */
export interface Neighbour {
  open: boolean
  plants: ReadonlySet<string>
  wateredToday: boolean
  receivedToday: number
}

export type Visibility = 'ROOM' | 'DORM' | 'EVERYONE'

/** One student's campus at one version. */
export interface Campus {
  ground: readonly string[]
  parcels: ReadonlySet<number>
  instances: ReadonlyMap<string, Instance>
  drops: ReadonlyMap<string, Drop>
  balances: Readonly<Record<string, number>>
  xp: number
  name: string
  chapter: string
  layouts: ReadonlyMap<number, Layout>
  neighbours: ReadonlyMap<string, Neighbour>
  givenToday: number
  monumentOpen: boolean
  visibility: Visibility
  preview: boolean
}

/** What a campus has before anything happened on it. */
export const PLAIN = {
  chapter: '',
  layouts: new Map<number, Layout>(),
  neighbours: new Map<string, Neighbour>(),
  givenToday: 0,
  monumentOpen: false,
  visibility: 'ROOM' as Visibility,
  preview: false,
}

export type Change =
  | { kind: 'paid'; asset: string; amount: number }
  | { kind: 'paidBack'; asset: string; amount: number }
  | { kind: 'put'; instance: Instance }
  | { kind: 'opened'; parcel: number }
  | { kind: 'collected'; drop: string; amount: number }
  | { kind: 'named'; name: string }
  | { kind: 'shown'; visibility: Visibility; preview: boolean }
  | { kind: 'remembered'; slot: number; layout: Layout }
  | { kind: 'watered'; owner: string; instance: string }
  | { kind: 'donated'; amount: number }

/** An action breaks a rule; `code` says which. */
export class Refused extends Error {
  constructor(readonly code: string) {
    super(code)
  }
}

export function refuseUnless(passed: boolean, code: string): void {
  if (!passed) throw new Refused(code)
}

export function stored(id: string, item: string): Instance {
  return { id, item, state: 'STORED', spot: null, level: 1, currency: 'SUN', paid: 0, boughtAt: null, gift: false }
}

/** The campus after `changes`, in their order. */
export function changed(campus: Campus, changes: readonly Change[]): Campus {
  return changes.reduce(one, campus)
}

function one(campus: Campus, change: Change): Campus {
  switch (change.kind) {
    case 'put':
      return { ...campus, instances: new Map(campus.instances).set(change.instance.id, change.instance) }
    case 'paid':
      return withBalance(campus, change.asset, -change.amount)
    case 'paidBack':
      return withBalance(campus, change.asset, change.amount)
    case 'opened':
      return { ...campus, parcels: new Set(campus.parcels).add(change.parcel) }
    case 'named':
      return { ...campus, name: change.name }
    case 'shown':
      return { ...campus, visibility: change.visibility, preview: change.preview }
    case 'remembered':
      return { ...campus, layouts: new Map(campus.layouts).set(change.slot, change.layout) }
    case 'donated':
      return withBalance(campus, 'SUN', -change.amount)
    case 'watered':
      return watered(campus, change.owner)
    case 'collected':
      return collected(campus, change.drop, change.amount)
  }
}

function collected(campus: Campus, id: string, amount: number): Campus {
  const drops = new Map(campus.drops)
  const drop = drops.get(id)
  if (drop) drops.set(id, { ...drop, state: 'COLLECTED' })
  return { ...withBalance(campus, 'SUN', amount), drops, xp: campus.xp + amount }
}

function watered(campus: Campus, owner: string): Campus {
  const met = campus.neighbours.get(owner)
  const neighbours = new Map(campus.neighbours)
  if (met) neighbours.set(owner, { ...met, wateredToday: true, receivedToday: met.receivedToday + 1 })
  return { ...campus, neighbours, givenToday: campus.givenToday + 1 }
}

function withBalance(campus: Campus, asset: string, difference: number): Campus {
  return { ...campus, balances: { ...campus.balances, [asset]: (campus.balances[asset] ?? 0) + difference } }
}
