/** Days are the campus's local days; moments are shown in the campus's time zone, never the phone's. */

type Options = Intl.DateTimeFormatOptions

/** Our English is British: the day stands before the month. */
const written = (language: string) => (language === 'en' ? 'en-GB' : language)

/** A day given as `2026-03-01`; it has no time zone, so it is read and written in UTC. */
export function day(iso: string, language: string, options: Options = { day: 'numeric', month: 'short', weekday: 'short' }): string {
  return new Intl.DateTimeFormat(written(language), { ...options, timeZone: 'UTC' }).format(new Date(`${iso}T00:00:00Z`))
}

/** Whether a text is a day of the calendar, as `2026-03-01`. */
export function isDay(text: string | undefined): text is string {
  return /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text ?? '') && addDays(text!, 0) === text
}

export function dayOfMonth(iso: string): string {
  return String(Number(iso.slice(8, 10)))
}

export function month(iso: string, language: string): string {
  return day(iso, language, { month: 'long', year: 'numeric' })
}

/** "14:02" on the campus's clock. */
export function clock(instant: string | number, language: string, timeZone: string): string {
  return moment(instant, language, timeZone, { hour: '2-digit', minute: '2-digit' })
}

/** "1 Mar 14:02" on the campus's clock. */
export function dayAndClock(instant: string | number, language: string, timeZone: string): string {
  return moment(instant, language, timeZone, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
}

export function dateOf(instant: string | number, language: string, timeZone: string): string {
  return moment(instant, language, timeZone, { day: 'numeric', month: 'short' })
}

function moment(instant: string | number, language: string, timeZone: string, options: Options): string {
  return new Intl.DateTimeFormat(written(language), { ...options, hourCycle: 'h23', timeZone }).format(new Date(instant))
}

/** The campus's local day of an instant, as `2026-03-01`. */
export function localDay(instant: string | number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone }).format(new Date(instant))
}

/** The day `count` days after `iso` (before, when negative). */
export function addDays(iso: string, count: number): string {
  return new Date(Date.parse(`${iso}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10)
}

/** Every day from `first` to `last`, both included. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = []
  for (let at = first; at <= last; at = addDays(at, 1)) days.push(at)
  return days
}
