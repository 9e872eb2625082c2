import { t } from '$shared/i18n/index.svelte.ts'
import { say } from '$shared/ui/toasts.svelte.ts'
import { game, type Wanted } from './game.svelte.ts'
import { placing } from './placing.svelte.ts'
import type { Drop, Instance, Spot } from './rules/state.ts'
import { nameOf, reason } from './words.ts'

/** What a student does with the campus: each is tried, and told with its way back or with why it cannot be. */

/** Try it; `back` is what undoes it. */
export function attempt(done: string, back: Wanted[] | null, ...wanted: Wanted[]): void {
  const code = game.want(...wanted)
  if (code !== null) return refuse(code)
  const action = back && { label: t('game.undo'), run: () => void game.want(...back) }
  say(done, action ? { action } : {})
}

/** Put down what is in the hand. */
export function putDown(): void {
  const { instance } = placing
  if (!instance) return
  const before = instance.spot
  const code = placing.confirm()
  if (code !== null) return refuse(code)
  const made = before === null && instance.id === 'new' ? newest(instance.item) : instance.id
  const name = nameOf(instance.item)
  say(t('game.stands', { name }), made ? { action: { label: t('game.undo'), run: () => takeBack(made, instance, before) } } : {})
}

export function store(one: Instance): void {
  const back: Wanted[] | null = one.spot ? [{ type: 'place', instance: one.id, spot: one.spot }] : null
  attempt(t('game.stored', { name: nameOf(one.item) }), back, { type: 'store', instance: one.id })
}

export function giveBack(one: Instance): void {
  const wanted: Wanted[] = [{ type: 'return', instance: one.id }]
  if (one.state === 'PLACED') wanted.unshift({ type: 'store', instance: one.id })
  attempt(t('game.returned', { name: nameOf(one.item) }), null, ...wanted)
}

export function upgrade(one: Instance): void {
  attempt(t('game.upgraded', { name: nameOf(one.item) }), null, { type: 'upgrade', instance: one.id })
}

/** Collect these lights, or all; returns what to say of it, or nothing when it cannot be. */
export function collect(drops: readonly Drop[] | null): string | undefined {
  const amount = (drops ?? game.ripe).reduce((sum, drop) => sum + drop.amount, 0)
  const code = game.want({ type: 'collect', drops: drops && drops.map((drop) => drop.id) })
  if (code !== null) {
    refuse(code)
    return undefined
  }
  const told = t('game.collected', { amount })
  say(game.ripe.length === 0 ? `${told} ${t('game.allCollected')}` : told)
  return told
}

/** Say why it cannot be. */
export function refuse(code: string): void {
  say(reason(code), { tone: 'clay' })
}

/** The id of what was bought a moment ago. */
function newest(item: string): string | undefined {
  return game.pending.findLast((action) => action.type === 'buy' && action.item === item)?.id
}

function takeBack(id: string, instance: Instance, before: Spot | null): void {
  const code =
    instance.id === 'new'
      ? game.want({ type: 'store', instance: id }, { type: 'return', instance: id })
      : game.want(before ? { type: 'move', instance: id, spot: before } : { type: 'store', instance: id })
  if (code !== null) refuse(code)
}
