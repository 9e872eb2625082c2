import rules from '../../../points/game/rules.json'

export type Language = 'ko' | 'en' | 'zh-Hans'

/** One kind of thing of the catalogue; sizes in cells, price in sunlight. */
export interface Item {
  id: string
  category: string
  name: Record<Language, string>
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
  chapters: { weeks: number; row: { id: string; name: Record<Language, string> }[] }
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
