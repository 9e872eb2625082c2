import type { Action } from './rules/actions.ts'

/** What may wait for a network: changes of the layout, which cost nothing. */
const KEEPS: ReadonlySet<Action['type']> = new Set(['place', 'move', 'store', 'rename', 'layout_save'])
const MOST = 200

const name = (map: string) => `campus.game.queue.${map}`

export function canWait(action: Action): boolean {
  return KEEPS.has(action.type)
}

/** Keep what is not yet answered over a restart of the app. */
export function keepQueue(map: string, pending: readonly Action[]): void {
  if (pending.length === 0) localStorage.removeItem(name(map))
  else localStorage.setItem(name(map), JSON.stringify(pending.slice(0, MOST)))
}

export function keptQueue(map: string): Action[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name(map)) ?? '[]')
    return Array.isArray(kept) ? (kept as Action[]) : []
  } catch {
    return []
  }
}

export function hasRoom(pending: readonly Action[]): boolean {
  return pending.length < MOST
}
