import { type Book, itemOf } from './book.ts'
import { objectOrder, screen } from './order.ts'
import { inSpace } from './placement.ts'
import { blockOf, type Draw, frameOf } from './scene.ts'
import type { Campus, Instance } from './state.ts'

/** A room from back to front: walls, floor, what hangs, rugs, what stands; `inHand` is left out. */
export function roomScene(campus: Campus, house: string, side: number, book: Book, inHand?: string): Draw[] {
  const things = inSpace(campus, house).filter((one) => one.id !== inHand)
  const of = (layer: string) => things.filter((one) => itemOf(book, one.item).layer === layer)
  const floor = of('floor')
  const byId = new Map(floor.map((one) => [one.id, one]))
  const standing = objectOrder(floor.map((one) => blockOf(one, book))).flatMap((id) => byId.get(id) ?? [])
  return [...shell(side), ...[...of('wall'), ...of('rug')].map(drawn), ...standing.map((one) => ({ ...drawn(one), frame: `~${drawn(one).frame}` })), ...standing.map(drawn)]
}

function shell(side: number): Draw[] {
  const line = Array.from({ length: side }, (_, i) => i)
  const piece = (frame: string, x: number, y: number): Draw => ({ frame, x: screen(x, y)[0], y: screen(x, y)[1] })
  return [
    ...line.map((x) => piece('room/wall/n', x, 0)),
    ...line.map((y) => piece('room/wall/w', 0, y)),
    ...line.flatMap((y) => line.map((x) => piece(`room/floor/${(x * 3 + y) % 2}`, x, y))),
  ]
}

function drawn(one: Instance): Draw {
  const spot = one.spot ?? { x: 0, y: 0, rot: 0 }
  const [x, y] = screen(spot.x, spot.y)
  return { frame: frameOf(one.item, spot.rot), x, y, id: one.id }
}
