import { type Action, judge } from './actions.ts'
import type { Book } from './book.ts'
import { CAMPUS, type Campus, changed, Refused } from './state.ts'

export interface Outcome {
  action: Action
  code: string | null
}

/** Actions in order, each all or nothing; what leans on a failed one fails with it. */
export function run(
  campus: Campus,
  actions: readonly Action[],
  at: Date,
  book: Book,
): { campus: Campus; outcomes: Outcome[] } {
  const failed = new Set<string>()
  const outcomes = actions.map((action) => {
    const code = leansOn(action).some((id) => failed.has(id)) ? 'dependency_failed' : attempt(action)
    if (code !== null) failed.add('instance' in action ? action.instance : action.id)
    return { action, code }
  })
  return { campus, outcomes }

  function attempt(action: Action): string | null {
    try {
      campus = changed(campus, judge(campus, action, at, book))
      return null
    } catch (error) {
      if (error instanceof Refused) return error.code
      throw error
    }
  }
}

function leansOn(action: Action): string[] {
  const ids = [
    'instance' in action ? action.instance : '',
    'spot' in action && action.spot && action.spot.space !== CAMPUS ? action.spot.space : '',
  ]
  return ids.filter(Boolean)
}
