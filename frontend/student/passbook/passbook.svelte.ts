import { answer, api, once } from '$shared/api/client.ts'
import { readAllAnew, Resource } from '$shared/api/resource.svelte.ts'
import type { Asset, Budget, CouponDetail, CouponRow, Objection, Offer, Page, RoomMate, WalletEntry, WalletEntryDetail } from '$shared/api/shapes.ts'
import { sendOnce } from '$shared/api/writes.ts'
import { home } from '../home.svelte.ts'

const page = (asset: Asset, cursor?: string): Promise<Page<WalletEntry>> =>
  answer(api.GET('/api/v1/wallet/entries/', { params: { query: { asset, cursor } } }))

export const statements: Record<Asset, Resource<Page<WalletEntry>>> = {
  CP: new Resource(() => page('CP'), 'entries/CP'),
  SUN: new Resource(() => page('SUN'), 'entries/SUN'),
}

/** Read the next page of a statement and show it below what is there. */
export async function readOn(asset: Asset): Promise<void> {
  const shown = statements[asset].value
  const cursor = shown?.next && new URL(shown.next, location.origin).searchParams.get('cursor')
  if (!shown || !cursor) return
  const more = await page(asset, cursor)
  statements[asset].put({ ...more, results: [...shown.results, ...more.results] })
}

const trails = new Map<string, Resource<WalletEntryDetail>>()

export function entryOf(id: string): Resource<WalletEntryDetail> {
  const path = { entry_id: id }
  const found =
    trails.get(id) ?? new Resource<WalletEntryDetail>(() => answer(api.GET('/api/v1/wallet/entries/{entry_id}/', { params: { path } })))
  trails.set(id, found)
  return found
}

/** What I said is wrong, with the answers. */
export const objections = new Resource<Page<Objection>>(() => answer(api.GET('/api/v1/wallet/objections/')))

/** Say that a line is wrong; the manager reads it and answers. */
export async function object(id: string, text: string): Promise<void> {
  const params = { path: { entry_id: id } }
  await sendOnce(`object/${id}`, (key) => answer(api.POST('/api/v1/wallet/entries/{entry_id}/objection/', { params, body: { text }, ...once(key) })))
  await objections.load()
}

/** Which lines a file holds: of one asset or both, booked from a day on, or ever. */
export interface Extent {
  asset?: Asset
  from?: string
}

/** The statement as a file, in the language of the page. */
export function statementFile(kind: 'csv' | 'pdf', extent: Extent): Promise<Blob> {
  const options = { params: { query: extent }, parseAs: 'blob' as const }
  return file(kind === 'csv' ? api.GET('/api/v1/passbook/statement.csv', options) : api.GET('/api/v1/passbook/statement.pdf', options))
}

/** Every entry, signed by the campus: whoever has its public key can prove that nothing was changed. */
export function signedBook(): Promise<Blob> {
  return file(api.GET('/api/v1/passbook/export.json', { parseAs: 'blob' }))
}

function file(call: Promise<unknown>): Promise<Blob> {
  return answer<Blob>(call as Promise<{ data?: Blob; error?: unknown; response: Response }>)
}

export const offers = new Resource<Offer[]>(() => answer(api.GET('/api/v1/offers/')), 'offers')
export const coupons = new Resource<Page<CouponRow>>(() => answer(api.GET('/api/v1/coupons/')), 'coupons')

const details = new Map<string, Resource<CouponDetail>>()

export function couponOf(uid: string): Resource<CouponDetail> {
  const path = { uid }
  const found =
    details.get(uid) ?? new Resource<CouponDetail>(() => answer(api.GET('/api/v1/coupons/{uid}/', { params: { path } })), `coupon/${uid}`)
  details.set(uid, found)
  return found
}

/** Buy what is offered; a purchase whose answer was lost is sent again under its own key. */
export async function buy(offer: Offer): Promise<CouponRow> {
  const params = { path: { uid: offer.uid } }
  const coupon = await sendOnce(`buy/${offer.uid}`, (key) => answer(api.POST('/api/v1/offers/{uid}/buy/', { params, ...once(key) })))
  await afterChange()
  return coupon
}

/** Give an unused coupon back for its points. */
export async function giveBack(uid: string): Promise<void> {
  const params = { path: { uid } }
  await sendOnce(`give-back/${uid}`, (key) => answer(api.POST('/api/v1/coupons/{uid}/give-back/', { params, ...once(key) })))
  await Promise.all([couponOf(uid).load(), afterChange()])
}

/** Who shares the room tonight and could be given a coupon. */
export const roomMatesOf = (uid: string) =>
  new Resource<RoomMate[]>(() => answer(api.GET('/api/v1/coupons/{uid}/room-mates/', { params: { path: { uid } } })))

/** Give an unused coupon to a room-mate; from then on it is theirs alone. Returns their name. */
export async function gift(uid: string, to: string): Promise<string> {
  const params = { path: { uid } }
  const given = await sendOnce(`gift/${uid}/${to}`, (key) => answer(api.POST('/api/v1/coupons/{uid}/gift/', { params, body: { to }, ...once(key) })))
  details.delete(uid)
  await afterChange()
  return given.to
}

/** Points issued against the money set aside for them, and what happens when it ends. */
export const budget = new Resource<Budget>(() => answer(api.GET('/api/v1/budget/')), 'budget')

async function afterChange(): Promise<void> {
  readAllAnew()
  await Promise.all([coupons.load(), offers.load(), home.load()])
}
