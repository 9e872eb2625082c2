import { answer, api, newKey } from '$shared/api/client.ts'
import { keep, recall } from '$shared/api/kept.ts'
import { network } from '$shared/api/network.svelte.ts'
import { asProblem, type Problem } from '$shared/api/problem.ts'
import { canWait, hasRoom, keepQueue, keptQueue } from './queue.ts'
import { type Action, judge } from './rules/actions.ts'
import { run } from './rules/batch.ts'
import { BOOK } from './rules/book.ts'
import { type Campus, Refused } from './rules/state.ts'
import type { MapAnswer, PlayedAnswer } from './shapes.ts'
import { campusOf, merged, sent } from './wire.ts'

/** An action without its id: what the student wants. */
export type Wanted = Action extends infer One ? (One extends Action ? Omit<One, 'id'> : never) : never

/**
 * The student's campus on this device: what the server confirmed, what is on its way, and what is
 * shown: the confirmed map with everything pending replayed through the same rules.
 */
class Game {
  map = $state.raw<MapAnswer>()
  pending = $state.raw<readonly Action[]>([])
  problem = $state.raw<Problem>()
  at = $state<number>()
  /** Codes of refused actions, for the one who shows them. */
  onrefused: (code: string, action: Action) => void = () => {}
  onanswered: () => void = () => {}

  readonly confirmed = $derived(this.map ? campusOf(this.map) : undefined)
  readonly campus: Campus | undefined = $derived(
    this.confirmed && run(this.confirmed, this.pending, new Date(), BOOK).campus,
  )
  readonly ripe = $derived([...(this.campus?.drops.values() ?? [])].filter((drop) => drop.state === 'RIPE'))
  /** Whether the server plays by newer rules than this client. */
  outdated = $derived(this.map !== undefined && this.map.rules_version !== BOOK.version)

  #mark = ''
  #sending = false
  #timer: ReturnType<typeof setInterval> | undefined

  /** Read the map now and keep it fresh: each minute, when the page is seen again, when the network is back. */
  start(): () => void {
    void this.load()
    this.#timer = setInterval(() => this.#look(), 60_000)
    const look = () => this.#look()
    document.addEventListener('visibilitychange', look)
    window.addEventListener('focus', look)
    window.addEventListener('online', look)
    return () => {
      clearInterval(this.#timer)
      document.removeEventListener('visibilitychange', look)
      window.removeEventListener('focus', look)
      window.removeEventListener('online', look)
    }
  }

  async load(): Promise<void> {
    try {
      const read = await this.#read()
      if (read) this.#confirm(read)
      this.problem = undefined
      this.at = Date.now()
      if (this.pending.length === 0 && this.map) this.pending = keptQueue(this.map.uid)
      await this.#send()
    } catch (thrown) {
      await this.#fall(asProblem(thrown))
    }
  }

  /**
   * Do it here at once and tell the server; returns the code of the rule that forbids it.
   *
   * What costs or earns needs the network; changes of the layout wait for it.
   */
  want(...wanted: Wanted[]): string | null {
    const actions = wanted.map((one) => ({ ...one, id: newKey() }) as Action)
    const refused = this.#refusal(actions)
    if (refused !== null) return refused
    if (!network.online && !actions.every(canWait)) return 'needs_network'
    if (!hasRoom(this.pending)) return 'queue_full'
    this.#keep([...this.pending, ...actions])
    void this.#send()
    return null
  }

  #refusal(actions: readonly Action[]): string | null {
    if (!this.campus) return 'not_ready'
    let campus = this.campus
    for (const action of actions) {
      try {
        judge(campus, action, new Date(), BOOK)
      } catch (error) {
        if (error instanceof Refused) return error.code
        throw error
      }
      campus = run(campus, [action], new Date(), BOOK).campus
    }
    return null
  }

  async #send(): Promise<void> {
    if (this.#sending || !network.online || !this.map) return
    this.#sending = true
    try {
      while (this.pending.length > 0) await this.#sendSome()
    } catch (thrown) {
      this.#sendFailed(asProblem(thrown))
    } finally {
      this.#sending = false
    }
  }

  async #sendSome(): Promise<void> {
    const map = this.map
    if (!map) return
    const batch = this.pending.slice(0, BOOK.batch.max_actions)
    const body = { base_version: map.version, rules_version: BOOK.version, actions: batch.map(sent) }
    const played = await answer<PlayedAnswer>(api.POST('/api/v1/game/actions/', { body: body as never }) as never)
    this.#keep(this.pending.slice(batch.length))
    this.#confirm(merged(this.map ?? map, played))
    for (const { id, code } of played.results) {
      const action = batch.find((one) => one.id === id)
      if (code !== null && action) this.onrefused(code, action)
    }
    this.onanswered()
  }

  #sendFailed(problem: Problem): void {
    // Without an answer everything stays queued under its ids: sent again, it happens once.
    if (problem.isSilence || problem.status >= 500 || problem.status === 429) return
    this.#keep([])
    this.problem = problem
    if (problem.code !== 'rules_changed') void this.load()
  }

  #confirm(map: MapAnswer): void {
    this.map = map
    this.at = Date.now()
    keepQueue(map.uid, this.pending)
    void keep('game/map', map).catch(() => undefined)
  }

  #keep(pending: readonly Action[]): void {
    this.pending = pending
    if (this.map) keepQueue(this.map.uid, pending)
  }

  async #read(): Promise<MapAnswer | undefined> {
    const headers = this.#mark ? { 'If-None-Match': this.#mark } : {}
    const call = await (api.GET('/api/v1/game/map/', { headers } as never) as Promise<{
      data?: MapAnswer
      error?: unknown
      response: Response
    }>)
    if (call.response.status === 304) return undefined
    const map = await answer<MapAnswer>(Promise.resolve(call))
    this.#mark = call.response.headers.get('ETag') ?? ''
    return map
  }

  async #fall(problem: Problem): Promise<void> {
    const kept = problem.isSilence && !this.map ? await recall<MapAnswer>('game/map').catch(() => undefined) : undefined
    if (kept) {
      this.map = kept.value
      this.at = kept.at
      this.pending = keptQueue(kept.value.uid)
    } else if (!this.map) this.problem = problem
  }

  #look(): void {
    if (document.visibilityState === 'visible' && !this.#sending) void this.load()
  }
}

export const game = new Game()
