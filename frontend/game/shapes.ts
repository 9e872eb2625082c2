import type { DropState, InstanceState } from './rules/state.ts'

/** A student's campus as the server tells it. */
export interface MapAnswer extends Standing {
  uid: string
  seed: number
  rules_version: string
  terrain: string
  instances: InstanceRow[]
  drops: DropRow[]
  full_today: boolean
}

/** What changes with every batch. */
export interface Standing {
  version: number
  name: string
  balances: { SUN: number; CP: number }
  level: number
  xp: number
  parcels: number[]
}

export interface InstanceRow {
  uid: string
  item: string
  state: InstanceState
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
