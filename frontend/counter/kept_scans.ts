/**
 * Codes on their way: each is written down with its key *before* it is sent, and leaves when its answer came.
 *
 * After a lost answer, a reload or a dead battery the same key is sent again with the same words, so a coupon
 * is used once.
 */
export interface KeptScan {
  key: string
  code: string
  /** When it was read, in ms; it judges a code that was kept. */
  at: number
}

/** How many codes one outage may hold. */
export const MOST = 50

/** Where scans lie: what `put` has promised is still there after a crash. */
export interface Shelf {
  all(): Promise<KeptScan[]>
  put(scan: KeptScan): Promise<void>
  drop(key: string): Promise<void>
}

export class KeptScans {
  readonly #shelf: Shelf
  #turn: Promise<unknown> = Promise.resolve()

  constructor(shelf: Shelf) {
    this.#shelf = shelf
  }

  /** In the order in which they were read. */
  async all(): Promise<KeptScan[]> {
    return (await this.#shelf.all()).sort((a, b) => a.at - b.at)
  }

  /**
   * Keep a scan; the same code still on its way keeps its first key.
   *
   * @returns the scan as it is kept, or nothing when an outage holds no more
   */
  keep(scan: KeptScan): Promise<KeptScan | undefined> {
    return this.#oneByOne(async () => {
      const kept = await this.#shelf.all()
      const known = kept.find((each) => each.code === scan.code)
      if (known) return known
      if (kept.length >= MOST) return undefined
      await this.#shelf.put(scan)
      return scan
    })
  }

  settle(key: string): Promise<void> {
    return this.#oneByOne(() => this.#shelf.drop(key))
  }

  /** Looking and writing belong together: two scans of one code must not both be the first. */
  #oneByOne<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(act, act)
    this.#turn = done.catch(() => undefined)
    return done
  }
}
