/** Which readings of the camera are news: a coupon that stays in the picture is read once. */
export class InView {
  #subject = ''
  #seen = -Infinity
  /** After how many ms out of sight a coupon counts as shown again. */
  readonly #gone: number

  constructor(gone = 1_500) {
    this.#gone = gone
  }

  /** Whether a text that is seen at `now` (ms) has just come into the picture. */
  isNew(text: string, now: number): boolean {
    const subject = subjectOf(text)
    const fresh = subject !== this.#subject || now - this.#seen > this.#gone
    this.#subject = subject
    this.#seen = now
    return fresh
  }

  /** The coupon that was read is still there. */
  still(text: string, now: number): void {
    if (subjectOf(text) === this.#subject) this.#seen = now
  }
}

/** The coupon behind a code: its text changes every thirty seconds, its id does not. */
function subjectOf(text: string): string {
  const parts = text.split('.')
  return parts[0] === 'C1' && parts.length === 5 ? parts[2]! : text
}
