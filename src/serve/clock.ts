/** What time it is, and waiting: none of it is asked of the machine, so that a test turns the hands itself. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Calls after so many milliseconds, unless it is called off. */
  after(milliseconds: number, call: () => void): () => void
  /** By chance, from 0 up to 1. */
  random(): number
}

export const systemClock: Clock = {
  now: Date.now,
  after(milliseconds, call) {
    const timer = setTimeout(call, Math.min(milliseconds, 2 ** 31 - 1))
    timer.unref()
    return () => clearTimeout(timer)
  },
  random: Math.random,
}
