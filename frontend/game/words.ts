import { speech, t } from '$shared/i18n/index.svelte.ts'
import { BOOK, type Item } from './rules/book.ts'
import { parcelOf, thingsAt } from './rules/placement.ts'
import { CAMPUS, type Campus, type Instance } from './rules/state.ts'
import { letterAt, TERRAIN } from './rules/terrain.ts'

/** The name of an item in the language of the page. */
export function nameOf(id: string): string {
  return (speech.texts as Record<string, string>)[`item.${id}`] ?? id
}

/** Why an action was refused, in words. */
export function reason(code: string): string {
  switch (code) {
    case 'bad_rotation':
      return t('builder.why.bad_rotation')
    case 'out_of_bounds':
      return t('builder.why.out_of_bounds')
    case 'parcel_locked':
      return t('builder.why.parcel_locked')
    case 'bad_terrain':
      return t('builder.why.bad_terrain')
    case 'overlap':
      return t('builder.why.overlap')
    case 'needs_neighbour':
      return t('builder.why.needs_neighbour')
    case 'campus_full':
      return t('builder.why.campus_full')
    case 'has_dependants':
      return t('builder.why.has_dependants')
    case 'level_too_low':
      return t('builder.why.level_too_low')
    case 'limit_reached':
      return t('builder.why.limit_reached')
    case 'insufficient':
      return t('builder.why.insufficient')
    case 'already_open':
      return t('builder.why.already_open')
    case 'not_adjacent':
      return t('builder.why.not_adjacent')
    case 'needs_network':
      return t('builder.why.needs_network')
    case 'bad_name':
      return t('builder.why.bad_name')
    case 'closed':
      return t('builder.why.closed')
    case 'forbidden':
      return t('builder.why.forbidden')
    case 'wrong_target':
      return t('builder.why.wrong_target')
    case 'wrong_space':
      return t('builder.why.wrong_space')
    case 'max_level':
      return t('builder.why.max_level')
    case 'unknown_item':
      return t('builder.why.unknown_item')
    case 'queue_full':
      return t('builder.why.queue_full')
    default:
      return t('builder.why.other')
  }
}

/** What a cell is, for the ear: column, row, terrain, what stands there, free or closed. */
export function cellWords(campus: Campus, x: number, y: number): string {
  const things = thingsAt(campus, x, y, BOOK).map((one) => nameOf(one.item))
  const open = campus.parcels.has(parcelOf(x, y, BOOK))
  const state = !open ? t('game.closed') : things.length ? things.join(', ') : t('game.free')
  return t('game.cell', { column: x + 1, row: y + 1, terrain: terrainWord(campus, x, y), state })
}

export function terrainWord(campus: Campus, x: number, y: number): string {
  switch (TERRAIN[letterAt(campus.ground, x, y) ?? '']) {
    case 'plaza':
      return t('game.terrain.plaza')
    case 'water':
      return t('game.terrain.water')
    case 'slope':
      return t('game.terrain.slope')
    default:
      return t('game.terrain.grass')
  }
}

/** `2 × 1`, in cells. */
export function sizeOf(item: Item): string {
  return `${item.w} × ${item.h}`
}

/** Where an instance is: a cell, or the store. */
export function placeOf(one: Instance): string {
  if (one.spot && one.spot.space !== CAMPUS) return t('game.indoors')
  return one.spot ? t('game.at', { column: one.spot.x + 1, row: one.spot.y + 1 }) : t('game.inStore')
}
