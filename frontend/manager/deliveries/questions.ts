import type { Problem } from '$shared/api/problem.ts'
import type { t } from '$shared/i18n/index.svelte.ts'
import type { Answers } from '../desk.svelte.ts'

type Key = Parameters<typeof t>[0]

/** One thing that a file does not tell by itself: the key of a profile that says it, and what may be said. */
export interface Question {
  path: string
  choices: string[]
}

/** What a refused upload asks for; nothing when it is no question. */
export function questionsOf(problem: Problem | undefined): Question[] {
  const asked = problem?.faults.filter((fault) => fault.path && fault.code === problem.code) ?? []
  return asked.map((fault) => ({ path: fault.path!, choices: fault.message.split(' | ').filter(Boolean) }))
}

/** What was said before, with what is said now: `columns.stamp` is a key within `columns`. */
export function joined(before: Answers, said: Record<string, string>): Answers {
  const answers: Answers = { ...before }
  for (const [path, choice] of Object.entries(said)) {
    const [key, within] = path.split('.') as [string, string?]
    const known = answers[key]
    answers[key] = within ? { ...(typeof known === 'object' ? known : {}), [within]: choice } : choice
  }
  return answers
}

/** How a question is put to a person; what has no words of its own is put as the server does. */
export const ASKED: Record<string, Key> = {
  columns: 'upload.ask.columns',
  date_order: 'upload.ask.date_order',
  decimal: 'upload.ask.decimal',
  encoding: 'upload.ask.encoding',
  kind: 'upload.ask.kind',
  stamp: 'upload.ask.stamp',
  timezone: 'upload.ask.timezone',
}

export const SAID: Record<string, Key> = {
  dmy: 'upload.say.dmy',
  mdy: 'upload.say.mdy',
  ymd: 'upload.say.ymd',
  '.': 'upload.say.point',
  ',': 'upload.say.comma',
  cp949: 'upload.say.cp949',
  gb18030: 'upload.say.gb18030',
  register: 'upload.say.register',
  interval: 'upload.say.interval',
  daily: 'upload.say.daily',
  start: 'upload.say.start',
  end: 'upload.say.end',
}

export const COLUMNS: Record<string, Key> = {
  'columns.meter': 'upload.column.meter',
  'columns.stamp': 'upload.column.stamp',
  'columns.value': 'upload.column.value',
}
