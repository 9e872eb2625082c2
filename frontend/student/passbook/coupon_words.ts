import type { Blackout, CouponRow } from '$shared/api/shapes.ts'
import { day } from '$shared/format/index.svelte.ts'
import { t } from '$shared/i18n/index.svelte.ts'

/** The word stamped on a coupon that can no longer be used. */
export function stampOf(coupon: CouponRow): string | undefined {
  if (coupon.state === 'REDEEMED') return t('coupon.stampUsed')
  if (coupon.state === 'CANCELLED') return t('coupon.stampRefunded')
  if (coupon.state === 'EXPIRED' || Date.parse(coupon.expires_at) < Date.now()) return t('coupon.stampExpired')
  return undefined
}

/** A Monday, to name the days of a week by. */
const MONDAY = Date.UTC(2024, 0, 1)

/** "Mon, Tue 11:30–13:00": hours in which a coupon is not taken. */
export function hoursOf(blackout: Blackout): string {
  const days = blackout.days.map((n) => day(new Date(MONDAY + (n - 1) * 86_400_000).toISOString().slice(0, 10), { weekday: 'short' }))
  return `${days.length === 7 ? t('coupon.everyDay') : days.join(', ')} ${blackout.from}–${blackout.to}`
}
