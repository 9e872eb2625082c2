import { game } from './game.svelte.ts'
import { BOOK, itemOf } from './rules/book.ts'
import { checkBuy } from './rules/catalogue.ts'
import { footprint, firstFree, inSpace, whyNot } from './rules/placement.ts'
import { CAMPUS, type Instance, Refused, type Spot, stored } from './rules/state.ts'

const NEW = 'new'

/** An item on its way to a place: bought with it, taken from the store, or moved. Nothing is asked before Confirm. */
class Placing {
  instance = $state.raw<Instance>()
  spot = $state.raw<Spot>({ x: 0, y: 0, rot: 0, space: CAMPUS })
  currency = $state('SUN')
  /** The building that one is in, or the campus. */
  space = $state(CAMPUS)

  readonly code: string | null = $derived(this.#judged())
  readonly isNew = $derived(this.instance?.id === NEW)
  readonly canTurn = $derived(this.instance ? itemOf(BOOK, this.instance.item).rotations.length > 1 : false)

  /** Begin with something new from the catalogue, near `x`, `y`. */
  build(item: string, currency: string, near?: { x: number; y: number }): void {
    this.currency = currency
    this.#begin(stored(NEW, item), near)
  }

  /** Begin with what the student owns. */
  take(instance: Instance, near?: { x: number; y: number }): void {
    this.#begin(instance, near)
  }

  /** Put it with its nearest corner on a tapped cell. */
  moveTo(x: number, y: number): void {
    if (!this.instance) return
    const [w, h] = footprint(itemOf(BOOK, this.instance.item), this.spot.rot)
    this.spot = { ...this.spot, ...this.#held(x - w + 1, y - h + 1) }
  }

  nudge(dx: number, dy: number): void {
    const last = this.side - 1
    const within = (value: number) => Math.min(Math.max(value, 0), last)
    this.spot = { ...this.spot, ...this.#held(within(this.spot.x + dx), within(this.spot.y + dy)) }
  }

  /** Cells a side of the space that the item goes to. */
  get side(): number {
    const building = game.campus?.instances.get(this.spot.space)
    return (building && itemOf(BOOK, building.item).room) ?? BOOK.map.size
  }

  /** What hangs on a wall stays on its wall. */
  #held(x: number, y: number): { x: number; y: number } {
    const hangs = this.instance && itemOf(BOOK, this.instance.item).layer === 'wall'
    if (!hangs) return { x, y }
    return this.spot.rot % 2 ? { x: 0, y } : { x, y: 0 }
  }

  turn(): void {
    if (!this.instance) return
    const turns = itemOf(BOOK, this.instance.item).rotations
    const next = turns[(turns.indexOf(this.spot.rot) + 1) % turns.length]
    this.spot = { ...this.spot, rot: next ?? 0 }
    this.spot = { ...this.spot, ...this.#held(this.spot.x, this.spot.y) }
  }

  /** Go on in another house. */
  enter(space: string): void {
    this.space = space
    if (this.instance) this.spot = this.#free(this.instance, space)
  }

  cancel(): void {
    this.instance = undefined
  }

  /** Do it; returns the code of the rule that forbids it. The item's id is told to `done`. */
  confirm(): string | null {
    const { instance, spot } = this
    if (!instance) return null
    const code =
      this.code ??
      (this.isNew
        ? game.want({ type: 'buy', item: instance.item, currency: this.currency, spot })
        : game.want({ type: instance.state === 'PLACED' ? 'move' : 'place', instance: instance.id, spot }))
    if (code === null) this.instance = undefined
    return code
  }

  #begin(instance: Instance, near?: { x: number; y: number }): void {
    const turns = itemOf(BOOK, instance.item).rotations
    const rot = instance.spot?.rot ?? turns[0] ?? 0
    this.instance = instance
    if (itemOf(BOOK, instance.item).space === 'room') return this.#beginInside(instance)
    const start = instance.spot ?? (near && { ...near, rot, space: CAMPUS })
    this.spot = start ?? this.#somewhere(instance, rot)
  }

  /** In the room that one looks at, else where it stands, else in the first house that has a room. */
  #beginInside(instance: Instance): void {
    const { campus } = game
    const houses = campus ? inSpace(campus, CAMPUS).filter((one) => itemOf(BOOK, one.item).room) : []
    const house = this.space !== CAMPUS ? this.space : (instance.spot?.space ?? houses[0]?.id ?? CAMPUS)
    this.space = house
    this.spot = instance.spot?.space === house ? instance.spot : this.#free(instance, house)
  }

  #free(instance: Instance, space: string): Spot {
    const { campus } = game
    const turns = itemOf(BOOK, instance.item).rotations
    const cells = Array.from({ length: 64 }, (_, i) => [i % 8, Math.floor(i / 8)] as const)
    for (const rot of turns) {
      for (const [x, y] of cells) {
        const spot = { x, y, rot, space }
        if (campus && whyNot(campus, instance, spot, BOOK) === null) return spot
      }
    }
    return { x: 0, y: 0, rot: turns[0] ?? 0, space }
  }

  /** The free place nearest to the plaza. */
  #somewhere(instance: Instance, rot: number): Spot {
    const { campus } = game
    const { size } = BOOK.map
    const around = Array.from({ length: size * size }, (_, i) => [i % size, Math.floor(i / size)] as const)
    const far = ([x, y]: readonly [number, number]) => Math.abs(x - 10) + Math.abs(y - 10)
    around.sort((a, b) => far(a) - far(b))
    for (const [x, y] of around) {
      const spot = { x, y, rot, space: CAMPUS }
      if (campus && whyNot(campus, instance, spot, BOOK) === null) return spot
    }
    return (campus && firstFree(campus, instance, BOOK, rot)) ?? { x: 10, y: 10, rot, space: CAMPUS }
  }

  #judged(): string | null {
    const { campus } = game
    if (!this.instance || !campus) return null
    try {
      if (this.isNew) checkBuy(campus, this.instance.item, this.currency, BOOK)
    } catch (error) {
      if (error instanceof Refused) return error.code
      throw error
    }
    return whyNot(campus, this.instance, this.spot, BOOK)
  }
}

export const placing = new Placing()
