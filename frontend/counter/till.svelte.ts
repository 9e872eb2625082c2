import { answer, api, newKey, once } from '$shared/api/client.ts'
import { network } from '$shared/api/network.svelte.ts'
import { asProblem, type Problem } from '$shared/api/problem.ts'
import { Resource } from '$shared/api/resource.svelte.ts'
import type { Redemption, Till } from '$shared/api/shapes.ts'
import { KeptScans, type KeptScan } from './kept_scans.ts'

export const today = new Resource<Till>(() => answer(api.GET('/api/v1/counter/today/')), 'till')

export type Outcome =
  | { kind: 'ok'; redemption: Redemption }
  | { kind: 'refused'; problem: Problem }
  | { kind: 'waiting' }
  | { kind: 'full' }

/** What became of a code that was kept through an outage. */
export interface Late {
  key: string
  code: string
  at: number
  outcome: Outcome
}

class TillState {
  waiting = $state<KeptScan[]>([])
  late = $state<Late[]>([])
  readonly #kept = new KeptScans(localStorage)

  constructor() {
    this.waiting = this.#kept.all
  }

  /** Redeem a code. Its key is kept before it is sent; without an answer it stays kept and is sent again. */
  async redeem(code: string): Promise<Outcome> {
    if (this.#kept.full) return { kind: 'full' }
    const scan = this.#kept.keep({ key: newKey(), code, at: Date.now() })
    this.waiting = this.#kept.all
    const outcome = await this.#send(scan)
    if (outcome.kind === 'ok') void today.load()
    return outcome
  }

  /** Send what is still on its way, in order; its results are listed, not shown as verdicts. */
  async sendKept(): Promise<void> {
    for (const scan of this.#kept.all) {
      const outcome = await this.#send(scan)
      if (outcome.kind === 'waiting') return
      this.late = [{ ...scan, outcome }, ...this.late].slice(0, 20)
    }
    if (this.late.length) void today.load()
  }

  async #send(scan: KeptScan): Promise<Outcome> {
    try {
      // A code that was kept is judged by the moment it was read; the same body goes with the same key.
      const body = { code: scan.code, scanned_at: new Date(scan.at).toISOString() }
      const redemption = await answer(api.POST('/api/v1/counter/redemptions/', { body, ...once(scan.key) }))
      this.#settle(scan)
      return { kind: 'ok', redemption }
    } catch (thrown) {
      const problem = asProblem(thrown)
      // No answer, or one that says nothing about the coupon: the key is kept and tried again.
      if (problem.isSilence || problem.status >= 500 || problem.status === 429) return { kind: 'waiting' }
      this.#settle(scan)
      return { kind: 'refused', problem }
    }
  }

  #settle(scan: KeptScan): void {
    this.#kept.settle(scan.key)
    this.waiting = this.#kept.all
  }
}

/**
 * Take a use back within the minute that the campus allows.
 *
 * @throws Problem when it is too late or was done before
 */
export async function undo(uid: string): Promise<void> {
  await answer(api.POST('/api/v1/counter/redemptions/{uid}/undo/', { params: { path: { uid } }, ...once(newKey()) }))
  await today.load()
}

/** Say that an offer is sold out, or on sale again; coupons already issued stay good. */
export async function sellOut(uid: string, sold_out: boolean): Promise<void> {
  await answer(api.POST('/api/v1/counter/offers/{uid}/sold-out/', { params: { path: { uid } }, body: { sold_out } }))
  await today.load()
}

export const till = new TillState()

/** Whenever the campus can be reached again, what was kept is sent. */
export function sendWhenReachable(): void {
  $effect(() => {
    if (network.online) void till.sendKept()
  })
}
