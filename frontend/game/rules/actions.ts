import { type Book, itemOf } from './book.ts'
import { checkBalance, checkBuy, parcelPrice, upgradePrice } from './catalogue.ts'
import { rearranged, remembered } from './layouts.ts'
import { check, inSpace, neighbours, restsOn } from './placement.ts'
import { type Campus, type Change, type Instance, type InstanceState, Refused, refuseUnless, type Spot, stored, type Visibility } from './state.ts'

/** One wish of the student. */
export type Action =
  | { id: string; type: 'buy'; item: string; currency: string; spot?: Spot | undefined }
  | { id: string; type: 'place' | 'move'; instance: string; spot: Spot }
  | { id: string; type: 'store' | 'return' | 'upgrade'; instance: string }
  | { id: string; type: 'unlock_parcel'; parcel: number }
  | { id: string; type: 'collect'; drops: readonly string[] | null }
  | { id: string; type: 'rename'; name: string }
  | { id: string; type: 'visibility'; visibility: Visibility; preview: boolean }
  | { id: string; type: 'layout_save'; slot: number; name: string }
  | { id: string; type: 'layout_load'; slot: number }
  | { id: string; type: 'water'; owner: string; instance: string }
  | { id: string; type: 'donate'; amount: number }

/**
 * The changes that `action` makes at the moment `at`; a bought instance takes the action's id.
 *
 * @throws Refused with the first code that applies
 */
export function judge(campus: Campus, action: Action, at: Date, book: Book): Change[] {
  switch (action.type) {
    case 'buy':
      return buy(campus, action, at, book)
    case 'place':
      return stand(campus, action.instance, action.spot, 'STORED', book)
    case 'move':
      return stand(campus, action.instance, action.spot, 'PLACED', book)
    case 'store':
      return store(campus, action.instance, book)
    case 'return':
      return giveBack(campus, action.instance, at, book)
    case 'upgrade':
      return upgrade(campus, action.instance, book)
    case 'unlock_parcel':
      return unlock(campus, action.parcel, book)
    case 'collect':
      return collect(campus, action.drops)
    case 'rename':
      return [{ kind: 'named', name: checkedName(action.name, book) }]
    case 'visibility':
      return [{ kind: 'shown', visibility: action.visibility, preview: action.preview }]
    case 'layout_save':
      return remembered(campus, action.slot, () => checkedName(action.name, book), book)
    case 'layout_load':
      return rearranged(campus, action.slot, book)
    case 'water':
      return water(campus, action.owner, action.instance, book)
    case 'donate':
      return donate(campus, action.amount)
  }
}

/** What a return pays back at `at`: all within 10 minutes of buying, half later, never upgrades. */
export function refund(instance: Instance, at: Date, book: Book): number {
  const age = instance.boughtAt === null ? Infinity : at.getTime() - Date.parse(instance.boughtAt)
  if (age <= book.prices.return_full_minutes * 60_000) return instance.paid
  return Math.floor((instance.paid * book.prices.return_later_percent) / 100)
}

function buy(campus: Campus, action: Extract<Action, { type: 'buy' }>, at: Date, book: Book): Change[] {
  const { item, currency, spot } = action
  const paid = checkBuy(campus, item, currency, book)
  const bought: Instance = { ...stored(action.id, item), currency, paid, boughtAt: at.toISOString() }
  const pay: Change = { kind: 'paid', asset: currency, amount: paid }
  if (!spot) return [pay, { kind: 'put', instance: bought }]
  check(campus, bought, spot, book)
  return [pay, { kind: 'put', instance: { ...bought, state: 'PLACED', spot } }]
}

function stand(campus: Campus, id: string, spot: Spot, state: InstanceState, book: Book): Change[] {
  const instance = own(campus, id, state)
  refuseUnless(restsOn(campus, instance, book).length === 0, 'has_dependants')
  check(campus, instance, spot, book)
  return [{ kind: 'put', instance: { ...instance, state: 'PLACED', spot } }]
}

function store(campus: Campus, id: string, book: Book): Change[] {
  const instance = own(campus, id, 'PLACED')
  refuseUnless(restsOn(campus, instance, book).length === 0, 'has_dependants')
  return [{ kind: 'put', instance: { ...instance, state: 'STORED', spot: null } }]
}

function giveBack(campus: Campus, id: string, at: Date, book: Book): Change[] {
  const instance = own(campus, id, 'STORED')
  refuseUnless(!instance.gift, 'not_returnable')
  const kept = inSpace(campus, id).map((one) => ({ ...one, state: 'STORED', spot: null }) as const)
  return [
    { kind: 'paidBack', asset: instance.currency, amount: refund(instance, at, book) },
    ...kept.map((one) => ({ kind: 'put', instance: one }) as const),
    { kind: 'put', instance: { ...instance, state: 'RETURNED' } },
  ]
}

function upgrade(campus: Campus, id: string, book: Book): Change[] {
  const instance = own(campus, id, 'STORED', 'PLACED')
  const item = itemOf(book, instance.item)
  refuseUnless(item.category === 'building', 'wrong_target')
  refuseUnless(instance.level <= book.prices.upgrade_percent.length, 'max_level')
  const amount = upgradePrice(item, instance.level + 1, book)
  checkBalance(campus, 'SUN', amount)
  return [
    { kind: 'paid', asset: 'SUN', amount },
    { kind: 'put', instance: { ...instance, level: instance.level + 1 } },
  ]
}

function unlock(campus: Campus, parcel: number, book: Book): Change[] {
  const exists = parcel >= 0 && parcel < (book.map.size / book.map.parcel) ** 2
  refuseUnless(exists && neighbours(parcel, book).some((one) => campus.parcels.has(one)), 'not_adjacent')
  refuseUnless(!campus.parcels.has(parcel), 'already_open')
  const amount = parcelPrice(campus, book)
  checkBalance(campus, 'SUN', amount)
  return [
    { kind: 'paid', asset: 'SUN', amount },
    { kind: 'opened', parcel },
  ]
}

function collect(campus: Campus, wanted: readonly string[] | null): Change[] {
  const ripe = [...campus.drops.values()].filter((drop) => drop.state === 'RIPE').map((drop) => drop.id)
  const named = [...new Set(wanted ?? ripe)].map((id) => campus.drops.get(id))
  refuseUnless(!named.includes(undefined), 'not_owned')
  const found = named.filter((drop) => drop !== undefined)
  refuseUnless(!found.some((drop) => drop.state === 'VOID'), 'not_ripe')
  return found
    .filter((drop) => drop.state === 'RIPE')
    .map((drop) => ({ kind: 'collected', drop: drop.id, amount: drop.amount }))
}

/** The name without needless spaces; refuses what is too long, unprintable or unkind. */
function checkedName(wanted: string, book: Book): string {
  const name = wanted.split(/\s+/).filter(Boolean).join(' ')
  const length = [...name].length
  refuseUnless(length >= book.name.min && length <= book.name.max && !/\p{C}/u.test(name), 'bad_name')
  const bare = name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  refuseUnless(!book.name.blocked.some((word) => bare.includes(word)), 'bad_name')
  return name
}

function water(campus: Campus, owner: string, instance: string, book: Book): Change[] {
  const met = campus.neighbours.get(owner)
  const { given_a_day: most, received_a_day: full } = book.faucets.help
  if (!met?.open) throw new Refused('forbidden')
  refuseUnless(met.plants.has(instance), 'wrong_target')
  refuseUnless(campus.givenToday < most && !met.wateredToday && met.receivedToday < full, 'limit_reached')
  return [{ kind: 'watered', owner, instance }]
}

function donate(campus: Campus, amount: number): Change[] {
  refuseUnless(amount >= 1, 'insufficient')
  checkBalance(campus, 'SUN', amount)
  refuseUnless(campus.monumentOpen, 'closed')
  return [{ kind: 'donated', amount }]
}

function own(campus: Campus, id: string, ...states: InstanceState[]): Instance {
  const instance = campus.instances.get(id)
  if (!instance) throw new Refused('not_owned')
  refuseUnless(states.includes(instance.state), 'wrong_state')
  return instance
}
