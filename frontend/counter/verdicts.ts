import type { Problem } from '$shared/api/problem.ts'
import { clock, dateOf, localDay, site } from '$shared/format/index.svelte.ts'
import { t } from '$shared/i18n/index.svelte.ts'
import type { Outcome } from './till.svelte.ts'
import type { Tone } from './voice.ts'

/** What the screen says of a code, in sign, words and tone. */
export interface Told {
  kind: Tone
  word: string
  detail?: string
  more?: string
}

/** A code that cannot be one at all; it was never sent. */
export const unreadable = (): Told => ({ kind: 'refused', word: t('verdict.notReadable'), detail: t('verdict.tryAgain') })

/** An outcome in the words of the counter. */
export function verdictOf(outcome: Outcome): Told {
  switch (outcome.kind) {
    case 'ok':
      return { kind: 'ok', word: t('verdict.ok'), detail: outcome.redemption.item, more: outcome.redemption.holder || undefined }
    case 'waiting':
      return { kind: 'waiting', word: t('verdict.waiting'), detail: t('verdict.waitingDetail') }
    case 'full':
      return { kind: 'refused', word: t('verdict.full'), detail: t('verdict.fullDetail') }
    case 'cannotKeep':
      return { kind: 'refused', word: t('verdict.cannotKeep'), detail: t('verdict.cannotKeepDetail') }
    case 'refused':
      return refusal(outcome.problem)
  }
}

function refusal(problem: Problem): Told {
  switch (problem.code) {
    case 'already_redeemed':
      return { kind: 'used', word: usedAt(problem), detail: t(problem.facts['here']?.toLowerCase() === 'false' ? 'verdict.elsewhere' : 'verdict.here') }
    case 'coupon_expired':
      return { kind: 'refused', word: t('verdict.expired'), detail: problem.message }
    case 'wrong_cafe':
      return { kind: 'refused', word: t('verdict.wrongCafe') }
    case 'coupon_cancelled':
      return { kind: 'refused', word: t('verdict.cancelled') }
    case 'blackout':
      return { kind: 'refused', word: t('verdict.blackout'), detail: problem.message }
    case 'not_readable':
      return unreadable()
    default:
      return { kind: 'refused', word: t('verdict.refused'), detail: problem.message }
  }
}

function usedAt(problem: Problem): string {
  const at = problem.facts['at']?.replace(' ', 'T')
  if (!at || Number.isNaN(Date.parse(at))) return t('verdict.used')
  const today = localDay(at, site.timeZone) === localDay(Date.now(), site.timeZone)
  return t('verdict.usedAt', { time: today ? clock(at) : `${dateOf(at)} ${clock(at)}` })
}
