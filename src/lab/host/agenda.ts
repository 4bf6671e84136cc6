import { compareInstants, type Instant } from '../../model/time.ts'
import type { Host } from './host.ts'

interface Entry {
  readonly at: Instant
  readonly act: () => void
}

/**
 * What is going to happen on a host. Several stories go on at once on a real one, so each plans its next step instead of
 * waiting for it; what an act itself takes (a few milliseconds to minutes) delays what was planned for the meantime.
 */
export class Agenda {
  readonly #host: Host
  /** Latest first, so that the next one is the last. */
  readonly #entries: Entry[] = []

  constructor(host: Host) {
    this.#host = host
  }

  /** Plans something for a moment; of two things for the same moment, that which was planned first comes first. */
  plan(at: Instant, act: () => void): void {
    let low = 0
    let high = this.#entries.length
    while (low < high) {
      const middle = (low + high) >> 1
      const entry = this.#entries[middle]
      if (entry && compareInstants(entry.at, at) > 0) low = middle + 1
      else high = middle
    }
    this.#entries.splice(low, 0, { at, act })
  }

  /** Does what is planned until a moment, that moment excluded. */
  runUntil(end: Instant): void {
    for (;;) {
      const next = this.#entries.at(-1)
      if (!next || compareInstants(next.at, end) >= 0) return
      this.#entries.pop()
      this.#host.goTo(next.at)
      next.act()
    }
  }
}
