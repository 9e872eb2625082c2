import { answer, api, newKey } from '$shared/api/client.ts'
import { keep, recall } from '$shared/api/kept.ts'
import { network } from '$shared/api/network.svelte.ts'
import { asProblem, type Problem } from '$shared/api/problem.ts'
import { canWait, hasRoom, keepQueue, keptQueue } from './queue.ts'
import { type Action, judge } from './rules/actions.ts'
import { run } from './rules/batch.ts'
import { BOOK } from './rules/book.ts'
import { type Campus, Refused } from './rules/state.ts'
import type { MapAnswer, MonumentAnswer, NeighbourRow, PlayedAnswer, Sky, Visit } from './shapes.ts'
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

  sky = $state.raw<Sky>()
  /** What of others the rules must know while one visits or gives. */
  around = $state.raw<Partial<Pick<Campus, 'neighbours' | 'givenToday' | 'monumentOpen'>>>({})

  readonly confirmed: Campus | undefined = $derived(this.map ? { ...campusOf(this.map), ...this.around } : undefined)
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
    void this.#lookUp()
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

  /** Whose campus one may visit. */
  async neighbours(): Promise<NeighbourRow[]> {
    return (await this.#get<{ results: NeighbourRow[] }>('/api/v1/game/neighbours/')).results
  }

  /** Another's campus; what may be watered there is known to the rules from now on. */
  async visit(uid: string): Promise<Visit> {
    const visit = await this.#get<Visit>(`/api/v1/game/visits/${uid}/`)
    const plants = visit.instances.filter((row) => BOOK.items.get(row.item)?.category === 'plant').map((row) => row.uid)
    const met = { open: true, plants: new Set(plants), wateredToday: !visit.may_water, receivedToday: 0 }
    this.around = { ...this.around, neighbours: new Map([[uid, met]]) }
    return visit
  }

  async leaveCard(uid: string, kind: string): Promise<Visit> {
    return answer<Visit>(api.PUT('/api/v1/game/visits/{uid}/card/', { params: { path: { uid } }, body: { kind } } as never) as never)
  }

  /** The dorm's monument; giving to it is open while there is one. */
  async monument(): Promise<MonumentAnswer | undefined> {
    const found = await this.#get<MonumentAnswer | undefined>('/api/v1/game/monument/')
    const open = found?.targets !== undefined
    this.around = { ...this.around, monumentOpen: open }
    return open ? found : undefined
  }

  /** Until everything that was asked is answered. */
  async settled(): Promise<void> {
    while (this.pending.length > 0 && network.online) await new Promise((done) => setTimeout(done, 60))
  }

  async #lookUp(): Promise<void> {
    this.sky = await this.#get<Sky>('/api/v1/game/sky/').catch(() => undefined)
  }

  #get<T>(path: string): Promise<T> {
    return answer<T>(api.GET(path as never, {} as never) as never)
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
