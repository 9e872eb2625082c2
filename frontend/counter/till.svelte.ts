import { answer, api, newKey, once } from '$shared/api/client.ts'
import { network } from '$shared/api/network.svelte.ts'
import { asProblem, type Problem } from '$shared/api/problem.ts'
import { Resource } from '$shared/api/resource.svelte.ts'
import type { Conflict, OwnStatements, Redemption, Till } from '$shared/api/shapes.ts'
import { KeptScans, type KeptScan } from './kept_scans.ts'
import { DeviceShelf } from './shelf.ts'

export const today = new Resource<Till>(() => answer(api.GET('/api/v1/counter/today/')), 'till')
/** Codes that were kept and refused when the line was back, of the last thirty days. */
export const conflicts = new Resource<Conflict[]>(() => answer(api.GET('/api/v1/counter/conflicts/')))
/** What the campus owes the café, and its statements, newest first. */
export const statements = new Resource<OwnStatements>(() => answer(api.GET('/api/v1/counter/statements/')), 'till/statements')

export type Outcome =
  | { kind: 'ok'; redemption: Redemption }
  | { kind: 'refused'; problem: Problem }
  | { kind: 'waiting' }
  | { kind: 'full' }
  | { kind: 'cannotKeep' }

/** What became of a code that was kept through an outage. */
export interface Late {
  key: string
  code: string
  at: number
  outcome: Outcome
}

class TillState {
  waiting = $state.raw<KeptScan[]>([])
  late = $state.raw<Late[]>([])
  readonly #kept = new KeptScans(new DeviceShelf())
  /** Whose verdict somebody waits for: not a matter of the list of late results. */
  readonly #underway = new Set<string>()
  #sending = false

  /** Redeem a code. Its key is kept before it is sent; without an answer it stays kept and is sent again. */
  async redeem(code: string): Promise<Outcome> {
    let scan: KeptScan | undefined
    try {
      scan = await this.#kept.keep({ key: newKey(), code, at: Date.now() })
    } catch {
      return { kind: 'cannotKeep' }
    }
    if (!scan) return { kind: 'full' }
    this.#underway.add(scan.key)
    const outcome = await this.#send(scan)
    this.#underway.delete(scan.key)
    if (outcome.kind === 'ok') void today.load()
    if (outcome.kind === 'waiting') await this.look()
    return outcome
  }

  /** Send what is still on its way, in order; its results are listed, not shown as verdicts. */
  async sendKept(): Promise<void> {
    if (this.#sending) return
    this.#sending = true
    try {
      for (const scan of await this.#kept.all()) {
        if (this.#underway.has(scan.key)) continue
        const outcome = await this.#send(scan)
        if (outcome.kind === 'waiting') return
        this.late = [{ ...scan, outcome }, ...this.late].slice(0, 20)
      }
      if (this.late.length) void today.load()
    } finally {
      this.#sending = false
      await this.look()
    }
  }

  /** How much is still on its way. */
  async look(): Promise<void> {
    this.waiting = await this.#kept.all().catch(() => [])
  }

  async #send(scan: KeptScan): Promise<Outcome> {
    try {
      // A code is judged by the moment it was read; the same words go with the same key, however often.
      const body = { code: scan.code, scanned_at: new Date(scan.at).toISOString() }
      const redemption = await answer(api.POST('/api/v1/counter/redemptions/', { body, ...once(scan.key) }))
      await this.#letGo(scan)
      return { kind: 'ok', redemption }
    } catch (thrown) {
      const problem = asProblem(thrown)
      if (saysNothing(problem)) return { kind: 'waiting' }
      await this.#letGo(scan)
      return { kind: 'refused', problem }
    }
  }

  /** A scan that stays by a fault of the device is sent again later and answered as it was answered now. */
  #letGo(scan: KeptScan): Promise<void> {
    return this.#kept.settle(scan.key).catch(() => undefined)
  }
}

/** No answer, or one that says nothing about the coupon: the scan is kept and sent again under its key. */
function saysNothing(problem: Problem): boolean {
  const { status } = problem
  return problem.isSilence || status >= 500 || [401, 403, 408].includes(status) || (status === 429 && problem.code !== 'till_locked')
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

const voiding = new Map<string, string>()

/**
 * Take a use back with the PIN of the staff; a wrong PIN is tried again under the same key.
 *
 * @throws Problem when the PIN is wrong or locked, or it is too late
 */
export async function voidWithPin(uid: string, pin: string): Promise<void> {
  const key = voiding.get(uid) ?? newKey()
  voiding.set(uid, key)
  await answer(api.POST('/api/v1/counter/redemptions/{uid}/void/', { params: { path: { uid } }, body: { pin }, ...once(key) }))
  voiding.delete(uid)
  await today.load()
}

/** Say that an offer is sold out, or on sale again; coupons already issued stay good. */
export async function sellOut(uid: string, sold_out: boolean): Promise<void> {
  await answer(api.POST('/api/v1/counter/offers/{uid}/sold-out/', { params: { path: { uid } }, body: { sold_out } }))
  await today.load()
}

export const till = new TillState()

/** Whenever the campus can be reached again, and now and then while something waits, what was kept is sent. */
export function sendWhenReachable(): void {
  void till.look()
  $effect(() => {
    if (network.online) void till.sendKept()
  })
  $effect(() => {
    if (!network.online || !till.waiting.length) return
    const trying = setInterval(() => void till.sendKept(), 10_000)
    return () => clearInterval(trying)
  })
}
