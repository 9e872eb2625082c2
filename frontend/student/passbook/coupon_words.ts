import type { CouponRow } from '$shared/api/shapes.ts'
import { t } from '$shared/i18n/index.svelte.ts'

/** The word stamped on a coupon that can no longer be used. */
export function stampOf(coupon: CouponRow): string | undefined {
  if (coupon.state === 'REDEEMED') return t('coupon.stampUsed')
  if (coupon.state === 'CANCELLED') return t('coupon.stampRefunded')
  if (coupon.state === 'EXPIRED' || Date.parse(coupon.expires_at) < Date.now()) return t('coupon.stampExpired')
  return undefined
}
