import { keep, recall } from './kept.ts'
import { asProblem, type Problem } from './problem.ts'

let changed = 0

/** Something was written that may show elsewhere: whatever was read before is read anew when it is looked at. */
export function readAllAnew(): void {
  changed = Date.now()
}

/** Something that is read from the campus: its value, when it was read, and what went wrong. */
export class Resource<T> {
  value = $state.raw<T>()
  problem = $state.raw<Problem>()
  at = $state<number>()
  busy = $state(false)
  #turn = 0
  readonly #read: () => Promise<T>
  readonly #keepAs: string | undefined

  /** `keepAs`: under which name the value may be read again without a network. */
  constructor(read: () => Promise<T>, keepAs?: string) {
    this.#read = read
    this.#keepAs = keepAs
  }

  /** Read it; the newest call wins. Without a network the kept value is shown with its age. */
  async load(): Promise<void> {
    const turn = ++this.#turn
    this.busy = true
    try {
      const value = await this.#read()
      if (turn !== this.#turn) return
      this.put(value)
    } catch (thrown) {
      if (turn === this.#turn) await this.#fall(asProblem(thrown))
    } finally {
      if (turn === this.#turn) this.busy = false
    }
  }

  /** Read it unless it was read within the last `seconds`. */
  async fresh(seconds = 30): Promise<void> {
    const at = this.at ?? 0
    if (this.value === undefined || this.problem || at <= changed || Date.now() - at > seconds * 1000) await this.load()
  }

  /** A newer value is known, for instance from the answer to a change. */
  put(value: T): void {
    this.value = value
    this.at = Date.now()
    this.problem = undefined
    if (this.#keepAs) void keep(this.#keepAs, value).catch(() => undefined)
  }

  forget(): void {
    this.#turn++
    this.value = this.problem = this.at = undefined
    this.busy = false
  }

  async #fall(problem: Problem): Promise<void> {
    if (problem.isSilence && this.value === undefined && this.#keepAs) {
      const kept = await recall<T>(this.#keepAs).catch(() => undefined)
      if (kept) {
        this.value = kept.value
        this.at = kept.at
        return
      }
    }
    this.problem = problem
  }
}
