import type { Season } from './shapes.ts'

export type Daylight = 'day' | 'dusk' | 'night'

/** When the sun goes, by season, in whole hours: half the light is gone for two of them. */
const SUNSET: Record<Season, number> = { spring: 18, summer: 19, autumn: 17, winter: 17 }
const DUSK = 2
const SUNRISE: Record<Season, number> = { spring: 6, summer: 5, autumn: 6, winter: 7 }

/** The light over the campus at an instant, by the campus's own clock. */
export function daylightAt(instant: number, season: Season, timeZone: string): Daylight {
  const hour = Number(new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone }).format(instant))
  if (hour < SUNRISE[season] || hour >= SUNSET[season] + DUSK) return 'night'
  return hour >= SUNSET[season] ? 'dusk' : 'day'
}
