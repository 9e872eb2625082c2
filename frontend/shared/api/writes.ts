import { newKey } from './client.ts'
import { asProblem } from './problem.ts'

const keys = new Map<string, string>()

/**
 * Send a write that moves value under one key until an answer came, be it yes or no.
 *
 * A lost answer leaves the key: the next try of the same `deed` is the same write.
 *
 * @throws Problem when the campus refuses or cannot be reached
 */
export async function sendOnce<T>(deed: string, send: (key: string) => Promise<T>): Promise<T> {
  const key = keys.get(deed) ?? newKey()
  keys.set(deed, key)
  try {
    const done = await send(key)
    keys.delete(deed)
    return done
  } catch (thrown) {
    const { status } = asProblem(thrown)
    if (status >= 400 && status < 500) keys.delete(deed)
    throw thrown
  }
}
