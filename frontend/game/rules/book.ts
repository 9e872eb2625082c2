import rules from '../../../points/game/rules.json'

/** One kind of thing of the catalogue; sizes in cells, price in sunlight. Its name is a text: see `nameOf`. */
export interface Item {
  id: string
  category: string
  price: number
  level: number
  w: number
  h: number
  space: string
  layer: string
  terrain: string[]
  rotations: number[]
  on_sale: boolean
  cp?: boolean
  limit?: number
  room?: number
  water?: boolean
  makes_water?: boolean
  needs_neighbour?: string
  chapter?: string
}

export interface Book {
  version: string
  map: {
    size: number
    parcel: number
    open_at_start: number[]
    parcel_prices: number[]
    campus_cap: number
    room_cap: number
  }
  level: { xp_unit: number }
  faucets: typeof rules.faucets
  prices: {
    cp_divisor: number
    upgrade_percent: number[]
    return_full_minutes: number
    return_later_percent: number
  }
  batch: { max_actions: number }
  name: { min: number; max: number; blocked: readonly string[] }
  layouts: { slots: number }
  chapters: { weeks: number; row: { id: string }[] }
  items: ReadonlyMap<string, Item>
}

/** The rules that this client was built with; the server says when they have changed. */
export const BOOK: Book = {
  ...rules,
  items: new Map((rules.items as unknown as Item[]).map((item) => [item.id, item])),
}

/** An item that the rules know. */
export function itemOf(book: Book, id: string): Item {
  const item = book.items.get(id)
  if (!item) throw new Error(`no item ${id}`)
  return item
}
