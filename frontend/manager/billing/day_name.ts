import { day } from '$shared/format/index.svelte.ts'
import { t } from '$shared/i18n/index.svelte.ts'
import type { DAYS } from './tariff_periods.ts'

const MONDAY = 5 // of January 2026
const WEEK: readonly string[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** "Mon", "월", "周一"; a holiday by its own word. */
export function dayName(name: (typeof DAYS)[number]): string {
  const place = WEEK.indexOf(name)
  return place < 0 ? t('billing.holiday') : day(`2026-01-${String(MONDAY + place).padStart(2, '0')}`, { weekday: 'short' })
}
