/** A local wall-clock time of the campus as an instant: what a form's date and time mean there. */
export function instantOf(day: string, time: string, timeZone: string): string {
  const asUtc = Date.parse(`${day}T${time}:00Z`)
  // Two rounds: the offset is looked up at the guess, then at the corrected guess (daylight saving).
  const first = asUtc - offsetAt(asUtc, timeZone)
  return new Date(asUtc - offsetAt(first, timeZone)).toISOString()
}

function offsetAt(instant: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const at = Object.fromEntries(format.formatToParts(instant).map((part) => [part.type, Number(part.value)]))
  const wall = Date.UTC(at['year']!, at['month']! - 1, at['day']!, at['hour']!, at['minute']!, at['second']!)
  return wall - Math.floor(instant / 1000) * 1000
}
