import type { DayRow } from '$shared/api/shapes.ts'
import { day, dayOfMonth } from '$shared/format/index.svelte.ts'
import type { Bar } from '$shared/ui/chart.ts'

export type Unit = 'kwh' | 'money' | 'co2'

const MISSING = new Set(['MISSING', 'missing'])
const ESTIMATED = new Set(['ESTIMATED', 'estimated', 'EDITED', 'SUSPECT'])

/** A day as a bar in the unit that is looked at; only energy has a usual. */
export function dayBar(row: DayRow, unit: Unit, gramsPerWh: number | null): Bar {
  const value = unit === 'kwh' ? row.wh : unit === 'money' ? row.amount : row.wh === null || gramsPerWh === null ? null : row.wh * gramsPerWh
  return {
    key: row.day,
    axis: dayOfMonth(row.day),
    name: day(row.day, { weekday: 'short', day: 'numeric', month: 'long' }),
    value,
    state: value === null || MISSING.has(row.status) ? 'missing' : ESTIMATED.has(row.status) ? 'estimated' : 'actual',
    usual: unit === 'kwh' ? row.expected_wh : null,
  }
}

/** How far a day was under (positive) or over (negative) its usual, as a share of one. */
export function underUsual(row: Pick<DayRow, 'wh' | 'expected_wh' | 'away' | 'verdict'>): number | null {
  if (row.wh === null || !row.expected_wh || row.away || row.verdict === 'WARNED') return null
  return (row.expected_wh - row.wh) / row.expected_wh
}
