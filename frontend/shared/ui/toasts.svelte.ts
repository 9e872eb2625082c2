/** Short news at the foot of the page, also for the ear. */
export interface Toast {
  id: number
  text: string
  tone: 'plain' | 'clay'
  action?: { label: string; run: () => void }
}

class Toasts {
  list = $state<Toast[]>([])
  #last = 0

  /** Say `text` for a while; an action stays ten seconds so that it can be reached. */
  say(text: string, { tone = 'plain', action }: { tone?: Toast['tone']; action?: Toast['action'] } = {}): void {
    const id = ++this.#last
    this.list = [...this.list.slice(-1), { id, text, tone, action }]
    setTimeout(() => this.drop(id), action ? 10_000 : 5_000)
  }

  clear(): void {
    this.list = []
  }

  drop(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id)
  }
}

export const toasts = new Toasts()
export const say = toasts.say.bind(toasts)
