import { type Book, itemOf } from './book.ts'
import { inSpace, whyNot } from './placement.ts'
import { CAMPUS, type Campus, type Change, changed, type Instance, Refused, refuseUnless } from './state.ts'

/** Keep where everything stands outside in a slot. */
export function remembered(campus: Campus, slot: number, name: () => string, book: Book): Change[] {
  refuseUnless(slot >= 0 && slot < book.layouts.slots, 'no_layout')
  const spots = Object.fromEntries(
    inSpace(campus, CAMPUS).map(({ id, spot }) => [id, { x: spot?.x ?? 0, y: spot?.y ?? 0, rot: spot?.rot ?? 0 }]),
  )
  return [{ kind: 'remembered', slot, layout: { name: name(), spots } }]
}

/** All outside goes to the store, then what is still owned goes back to where it stood. */
export function rearranged(campus: Campus, slot: number, book: Book): Change[] {
  const layout = campus.layouts.get(slot)
  if (!layout) throw new Refused('no_layout')
  let after = changed(
    campus,
    inSpace(campus, CAMPUS).map((one) => ({ kind: 'put', instance: { ...one, state: 'STORED', spot: null } })),
  )
  for (const one of inBuildingOrder(after, Object.keys(layout.spots), book)) {
    const spot = { x: 0, y: 0, rot: 0, ...layout.spots[one.id], space: CAMPUS }
    if (whyNot(after, one, spot, book) !== null) continue
    after = changed(after, [{ kind: 'put', instance: { ...one, state: 'PLACED', spot } }])
  }
  return [...after.instances.values()]
    .filter((one) => !same(one, campus.instances.get(one.id)))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((instance) => ({ kind: 'put', instance }))
}

/** What the layout speaks of and is still owned; ponds first, because a lotus needs one. */
function inBuildingOrder(campus: Campus, ids: readonly string[], book: Book): Instance[] {
  const owned = ids.map((id) => campus.instances.get(id)).filter((one) => one?.state === 'STORED') as Instance[]
  const rank = (one: Instance) => (itemOf(book, one.item).makes_water ? 0 : 1)
  return owned.sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1))
}

function same(a: Instance, b: Instance | undefined): boolean {
  return a.state === b?.state && a.spot?.x === b.spot?.x && a.spot?.y === b.spot?.y && a.spot?.rot === b.spot?.rot
}
