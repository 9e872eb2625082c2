/**
 * Codes on their way: each is written here with its key *before* it is sent, and leaves when its answer came.
 *
 * After a lost answer, a reload or a dead battery the same key is sent again, so a coupon is used once.
 */
export interface KeptScan {
  key: string
  code: string
  at: number
}

const NAME = 'campus.counter.scans'
/** How many codes one outage may hold. */
export const MOST = 50

export interface Shelf {
  getItem(name: string): string | null
  setItem(name: string, value: string): void
}

export class KeptScans {
  readonly #shelf: Shelf

  constructor(shelf: Shelf) {
    this.#shelf = shelf
  }

  get all(): KeptScan[] {
    const text = this.#shelf.getItem(NAME)
    try {
      return text ? (JSON.parse(text) as KeptScan[]) : []
    } catch {
      return []
    }
  }

  get full(): boolean {
    return this.all.length >= MOST
  }

  /** Keep a scan; the same code still on its way keeps its first key. */
  keep(scan: KeptScan): KeptScan {
    const known = this.all.find((kept) => kept.code === scan.code)
    if (known) return known
    this.#write([...this.all, scan])
    return scan
  }

  settle(key: string): void {
    this.#write(this.all.filter((kept) => kept.key !== key))
  }

  #write(scans: KeptScan[]): void {
    this.#shelf.setItem(NAME, JSON.stringify(scans))
  }
}
