import { day } from '$shared/format/index.svelte.ts'

/** "Jul", in the language of the desk. */
export function monthName(month: number): string {
  return day(`2024-${String(month).padStart(2, '0')}-01`, { month: 'short' })
}
