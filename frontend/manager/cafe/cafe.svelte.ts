import { answer, api, once } from '$shared/api/client.ts'
import { Resource } from '$shared/api/resource.svelte.ts'
import type { Cafes, Campaign, ManagedBudget, ManagedOffer, ManagedStatements, ManagedUses, RefusedScans, Terms } from '$shared/api/shapes.ts'
import { sendOnce } from '$shared/api/writes.ts'
import type { paths } from '$shared/generated/schema'
import { desk } from '../desk.svelte.ts'

const query = () => (desk.residence ? { residence: desk.residence } : {})

export const campaigns = new Resource<Campaign[]>(() => answer(api.GET('/api/v1/manage/campaigns/')))
export const offers = new Resource<ManagedOffer[]>(() => answer(api.GET('/api/v1/manage/offers/')))
export const budget = new Resource<ManagedBudget>(() => answer(api.GET('/api/v1/manage/budget/', { params: { query: query() } })))
export const terms = new Resource<Terms>(() => answer(api.GET('/api/v1/manage/terms/', { params: { query: query() } })))
export const statements = new Resource<ManagedStatements>(() => answer(api.GET('/api/v1/manage/statements/')))
export const refusedScans = new Resource<RefusedScans>(() => answer(api.GET('/api/v1/manage/refused-scans/')))
export const cafes = new Resource<Cafes>(() => answer(api.GET('/api/v1/manage/cafes/', { params: { query: query() } })))

export const usesOf = (day?: string) =>
  new Resource<ManagedUses>(() => answer(api.GET('/api/v1/manage/redemptions/', { params: { query: { ...query(), day } } })))

type Sent<Path extends keyof paths, Method extends 'post' | 'patch'> = paths[Path] extends Record<Method, { requestBody?: { content: { 'application/json': infer Json } } }>
  ? Json
  : never

export type CampaignDraft = Sent<'/api/v1/manage/campaigns/', 'post'>
export type OfferDraft = Sent<'/api/v1/manage/offers/', 'post'>
export type BudgetDraft = Sent<'/api/v1/manage/budget/', 'post'>

/** Open a campaign, or change one; the same words twice are one campaign. */
export async function saveCampaign(draft: CampaignDraft, uid?: string): Promise<void> {
  if (uid) await answer(api.PATCH('/api/v1/manage/campaigns/{uid}/', { params: { path: { uid } }, body: draft }))
  else
    await sendOnce(`campaign/${JSON.stringify(draft)}`, (key) =>
      answer(api.POST('/api/v1/manage/campaigns/', { params: { query: query() }, body: draft, ...once(key) })),
    )
  await Promise.all([campaigns.load(), offers.load()])
}

/** Publish an offer, or change one; coupons already issued keep their terms. */
export async function saveOffer(draft: OfferDraft, uid?: string): Promise<void> {
  const { cafe: _, ...change } = draft
  if (uid) await answer(api.PATCH('/api/v1/manage/offers/{uid}/', { params: { path: { uid } }, body: change }))
  else await sendOnce(`offer/${JSON.stringify(draft)}`, (key) => answer(api.POST('/api/v1/manage/offers/', { body: draft, ...once(key) })))
  await Promise.all([offers.load(), campaigns.load()])
}

/** Set money aside from a day on. */
export async function setBudget(draft: BudgetDraft): Promise<void> {
  const params = { query: query() }
  budget.put(await sendOnce(`budget/${JSON.stringify(draft)}`, (key) => answer(api.POST('/api/v1/manage/budget/', { params, body: draft, ...once(key) }))))
}

/** Announce other terms of a rule; they hold from a day that is still to come. */
export async function announceTerms(rule: Terms['rules'][number]['rule'], valid_from: string, parameters: Record<string, number>): Promise<void> {
  const [params, body] = [{ query: query() }, { rule, valid_from, parameters }]
  terms.put(await sendOnce(`terms/${JSON.stringify(body)}`, (key) => answer(api.POST('/api/v1/manage/terms/', { params, body, ...once(key) }))))
}

/** Close the period of a café through the day before `ends_on`: its statement never changes again. */
export async function closeStatement(cafe: string, ends_on: string): Promise<void> {
  await sendOnce(`close/${cafe}/${ends_on}`, (key) => answer(api.POST('/api/v1/manage/statements/close/', { body: { cafe, ends_on }, ...once(key) })))
  await statements.load()
}

export async function notePaid(uid: string, paid_on: string): Promise<void> {
  const params = { path: { uid } }
  await sendOnce(`paid/${uid}`, (key) => answer(api.POST('/api/v1/manage/statements/{uid}/paid/', { params, body: { paid_on }, ...once(key) })))
  await statements.load()
}

/** Take a use back after the till no longer may; the reason is kept, never a name. */
export async function voidUse(uid: string, reason: string): Promise<void> {
  const params = { path: { uid } }
  await sendOnce(`void/${uid}`, (key) => answer(api.POST('/api/v1/manage/redemptions/{uid}/void/', { params, body: { reason }, ...once(key) })))
}

/** How a café, or with no `uid` the campus, stands on the next statements. */
export interface Party {
  legal_name: string
  tax_number: string
  address: string
  /** Of the campus alone: how many days after the end of a period it pays. */
  pay_after_days?: number
}

export async function nameParty(party: Party, uid?: string): Promise<void> {
  const call = uid
    ? api.PATCH('/api/v1/manage/cafes/{uid}/', { params: { path: { uid } }, body: party })
    : api.PUT('/api/v1/manage/buyer/', { params: { query: query() }, body: { pay_after_days: 10, ...party } })
  cafes.put(await answer<Cafes>(call))
}

/** Register a device of a café with a sign-in of its own. */
export async function registerTill(cafe: string, device: { name: string; username: string; password: string }): Promise<void> {
  const params = { path: { uid: cafe } }
  await sendOnce(`till/${cafe}/${device.username}`, (key) => answer(api.POST('/api/v1/manage/cafes/{uid}/tills/', { params, body: device, ...once(key) })))
  await cafes.load()
}

export async function givePin(till: string, pin: string): Promise<void> {
  await answer(api.POST('/api/v1/manage/tills/{uid}/pin/', { params: { path: { uid: till } }, body: { pin } }))
  await cafes.load()
}

/** End a device, as when a tablet was lost; what it did stays. */
export async function retireTill(till: string): Promise<void> {
  await answer(api.POST('/api/v1/manage/tills/{uid}/retire/', { params: { path: { uid: till } } }))
  await cafes.load()
}
