import { addDays, day, dayOfMonth } from '$shared/format/index.svelte.ts'
import type { Bar } from '$shared/ui/chart.ts'
import type { Entry } from '$shared/ui/ledger.ts'

const USE = [3120, 2980, 3400, 4210, 3600, null, 2750, 3050, 3310, 2890, 4480, 3200, 3010, 3412]

/** Two weeks with everything a bar can be. */
export const sampleBars: Bar[] = USE.map((value, index) => {
  const key = addDays('2026-03-01', index)
  const state = value === null ? 'missing' : index === 8 ? 'estimated' : index === 10 ? 'partial' : 'actual'
  return { key, axis: dayOfMonth(key), name: day(key), value, state, usual: 3300 + 120 * Math.sin(index) }
})

export const sampleEntries = (saving: string, coupon: string, note: string): Entry[] => [
  { id: '41', day: '2026-03-28', label: saving, amount: 208, balance: 708, asset: 'CP' },
  { id: '37', day: '2026-03-12', label: coupon, amount: -500, balance: 500, asset: 'CP' },
  { id: '30', day: '2026-02-28', label: saving, amount: 1000, balance: 1000, asset: 'CP', note },
]
