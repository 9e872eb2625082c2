import { speech } from '$shared/i18n/index.svelte.ts'

/** A day of the campus in few words. */
export function shortDate(day: string): string {
  return new Intl.DateTimeFormat(speech.language, { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T00:00Z`))
}
