import type { DropState, InstanceState, Visibility } from './rules/state.ts'

export type Season = 'spring' | 'summer' | 'autumn' | 'winter'

/** A student's campus as the server tells it. */
export interface MapAnswer extends Standing {
  uid: string
  seed: number
  rules_version: string
  terrain: string
  instances: InstanceRow[]
  drops: DropRow[]
  full_today: boolean
  chapter: { id: string; name: string; week: number; ends_on: string | null }
  season: Season
}

/** What changes with every batch. */
export interface Standing {
  version: number
  name: string
  balances: { SUN: number; CP: number }
  level: number
  xp: number
  parcels: number[]
  visibility: Visibility
  preview: boolean
  layouts: { slot: number; name: string; spots: Record<string, { x: number; y: number; rot: number }> }[]
}

/** The real sun and night behind the map. */
export interface Sky {
  day: string | null
  yield_wh: number
  percent: number
  simulated: boolean
  windows: number | null
  night: string | null
}

export interface NeighbourRow {
  uid: string
  nickname: string
  name: string
  relation: 'room' | 'dorm' | 'campus'
  exhibited: boolean
}

/** Another student's campus. */
export interface Visit extends Omit<NeighbourRow, 'exhibited'> {
  seed: number
  parcels: number[]
  terrain: string
  instances: InstanceRow[]
  watered_today: boolean
  may_water: boolean
  cards: Record<string, number>
  my_card: string | null
}

export interface MonumentAnswer {
  residence: string
  built: number
  targets: number[]
  tiers: number
  players: number
  names: string[]
  mine: number
}

export interface InstanceRow {
  uid: string
  item: string
  state: InstanceState
  space: string
  x: number | null
  y: number | null
  rot: number
  level: number
  currency: string
  paid: number
  bought_at: string
}

export interface DropRow {
  uid: string
  kind: string
  amount: number
  effective_on: string
  state: DropState
}

export interface PlayedAnswer extends Standing {
  results: { id: string; ok: boolean; code: string | null; amount?: number }[]
  instances: InstanceRow[]
  drops: DropRow[]
  rebased: boolean
  map?: MapAnswer
}
