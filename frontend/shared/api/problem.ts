/** A refusal as the campus tells it (RFC 9457), or the silence of a network that is not there. */
export interface Fault {
  path?: string
  line?: number
  code: string
  message: string
}

export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: string
  readonly status: number
  readonly faults: readonly Fault[]
  readonly facts: Readonly<Record<string, string>>
  readonly requestId: string | undefined

  constructor(body: { code: string; status: number; detail?: string; errors?: Fault[]; facts?: Record<string, string>; request_id?: string }) {
    super(body.detail ?? '')
    this.code = body.code
    this.status = body.status
    this.faults = body.errors ?? []
    this.facts = body.facts ?? {}
    this.requestId = body.request_id || undefined
  }

  /** The word about one field, when the refusal is about it. */
  of(path: string): string | undefined {
    return this.faults.find((fault) => fault.path === path)?.message
  }

  get isSilence(): boolean {
    return this.status === 0
  }
}

export const silence = () => new Problem({ code: 'unreachable', status: 0 })

/** Whatever was thrown, as a problem. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown
  return new Problem({ code: 'app_fault', status: -1, detail: thrown instanceof Error ? thrown.message : String(thrown) })
}
