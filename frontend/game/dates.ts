import { day as told } from '$shared/format/index.svelte.ts'

/** A day of the campus in few words. */
export function shortDate(day: string): string {
  return told(day, { month: 'short', day: 'numeric' })
}
