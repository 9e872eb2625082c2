import { answer, api, newKey, once } from '$shared/api/client.ts'
import { Resource } from '$shared/api/resource.svelte.ts'
import type { Adjustments, BillQuestions, RunningLow, TariffCheck, Tariffs, TariffTrial } from '$shared/api/shapes.ts'
import { desk } from '../desk.svelte.ts'
import type { Json } from './tariff_document.ts'

const query = () => (desk.residence ? { residence: desk.residence } : {})

export const tariffs = new Resource<Tariffs>(() => answer(api.GET('/api/v1/manage/tariffs/', { params: { query: query() } })))
export const balances = new Resource<RunningLow>(() => answer(api.GET('/api/v1/manage/balances/', { params: { query: query() } })))
export const adjustments = new Resource<Adjustments>(() => answer(api.GET('/api/v1/manage/adjustments/', { params: { query: query() } })))
export const questions = new Resource<BillQuestions>(() => answer(api.GET('/api/v1/manage/bill-objections/', { params: { query: query() } })))

/** Another residence is looked at: what was read belongs to the one before. */
export function forgetAll(): void {
  for (const read of [tariffs, balances, adjustments, questions]) read.forget()
}

/** A tariff document on its way into a plan. */
export interface Draft {
  plan: string
  document: Json
  valid_from?: string
}

/** What keeps a draft from being published, place by place. */
export function check(draft: Draft): Promise<TariffCheck> {
  return answer(api.POST('/api/v1/manage/tariffs/check/', { params: { query: query() }, body: draft }))
}

/** The last month that was billed completely, by the draft. */
export function tryOut(draft: Draft): Promise<TariffTrial> {
  return answer(api.POST('/api/v1/manage/tariffs/try/', { params: { query: query() }, body: draft }))
}

export async function publish(draft: Draft): Promise<void> {
  await answer(api.POST('/api/v1/manage/tariffs/', { params: { query: query() }, body: draft, ...once(newKey()) }))
  await tariffs.load()
}

/** Put an adjustment on today's bill, or decline it. */
export async function decide(uid: string, post: boolean): Promise<void> {
  const path = { uid }
  await answer(api.POST('/api/v1/manage/adjustments/{uid}/decision/', { params: { path }, body: { post }, ...once(newKey()) }))
  await adjustments.load()
}

export async function reply(uid: string, text: string, state: 'ACCEPTED' | 'DECLINED'): Promise<void> {
  const path = { uid }
  await answer(api.POST('/api/v1/manage/bill-objections/{uid}/answer/', { params: { path }, body: { text, state }, ...once(newKey()) }))
  await questions.load()
}

/** What the official system shows for a room: minor units or Wh, and when it was read. */
export async function enterBalance(uid: string, told: { amount?: number; wh?: number; read_at: string }): Promise<void> {
  await answer(api.POST('/api/v1/manage/rooms/{uid}/balance/', { params: { path: { uid } }, body: told, ...once(newKey()) }))
  await balances.load()
}
