import { answer, api, newKey, once } from '$shared/api/client.ts'
import { readAllAnew, Resource } from '$shared/api/resource.svelte.ts'
import type { Asset, CouponDetail, CouponRow, Offer, Page, WalletEntry, WalletEntryDetail } from '$shared/api/shapes.ts'
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
export const objections = new Resource(() => answer(api.GET('/api/v1/wallet/objections/')))
const asked = new Map<string, string>()

/** Say that a line is wrong; the manager reads it and answers. */
export async function object(id: string, text: string): Promise<void> {
  const key = asked.get(id) ?? newKey()
  asked.set(id, key)
  await answer(api.POST('/api/v1/wallet/entries/{entry_id}/objection/', { params: { path: { entry_id: id } }, body: { text }, ...once(key) }))
  asked.delete(id)
  await objections.load()
}

/** The statement as a file, in the language of the page. */
export async function statementFile(kind: 'csv' | 'pdf', asset: Asset): Promise<Blob> {
  const params = { query: { asset } }
  const options = { params, parseAs: 'blob' as const }
  const call = kind === 'csv' ? api.GET('/api/v1/passbook/statement.csv', options) : api.GET('/api/v1/passbook/statement.pdf', options)
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

const keys = new Map<string, string>()

/** Buy what is offered; a purchase whose answer was lost is sent again under its own key. */
export async function buy(offer: Offer): Promise<CouponRow> {
  const key = keys.get(offer.uid) ?? newKey()
  keys.set(offer.uid, key)
  const params = { path: { uid: offer.uid } }
  try {
    const coupon = await answer(api.POST('/api/v1/offers/{uid}/buy/', { params, ...once(key) }))
    keys.delete(offer.uid)
    await afterChange()
    return coupon
  } catch (thrown) {
    if ((thrown as { status?: number }).status) keys.delete(offer.uid)
    throw thrown
  }
}

/** Give an unused coupon back for its points. */
export async function giveBack(uid: string): Promise<void> {
  const key = keys.get(uid) ?? newKey()
  keys.set(uid, key)
  await answer(api.POST('/api/v1/coupons/{uid}/give-back/', { params: { path: { uid } }, ...once(key) }))
  keys.delete(uid)
  await Promise.all([couponOf(uid).load(), afterChange()])
}

async function afterChange(): Promise<void> {
  readAllAnew()
  await Promise.all([coupons.load(), offers.load(), home.load()])
}
