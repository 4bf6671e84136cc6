import { compareInstants, type Instant } from '../../model/time.ts'
import type { Host } from './host.ts'

interface Entry {
  readonly at: Instant
  /** How many were planned before it. */
  readonly order: number
  readonly act: () => void
}

const isBefore = (a: Entry, b: Entry): boolean => (compareInstants(a.at, b.at) || a.order - b.order) < 0

/**
 * What is going to happen on a host. Several stories go on at once on a real one, so each plans its next step instead of
 * waiting for it; what an act itself takes (a few milliseconds to minutes) delays what was planned for the meantime.
 */
export class Agenda {
  readonly #host: Host
  /** A binary heap: no entry comes before that at half its place. */
  readonly #entries: Entry[] = []
  #planned = 0

  constructor(host: Host) {
    this.#host = host
  }

  /** Plans something for a moment; of two things for the same moment, that which was planned first comes first. */
  plan(at: Instant, act: () => void): void {
    const entry = { at, order: this.#planned++, act }
    const entries = this.#entries
    let place = entries.length
    entries.push(entry)
    while (place > 0) {
      const above = (place - 1) >> 1
      const parent = entries[above] as Entry
      if (isBefore(parent, entry)) break
      entries[place] = parent
      place = above
    }
    entries[place] = entry
  }

  /** Does what is planned until a moment, that moment excluded. */
  runUntil(end: Instant): void {
    for (;;) {
      const next = this.#entries[0]
      if (!next || compareInstants(next.at, end) >= 0) return
      this.#takeFirst()
      this.#host.goTo(next.at)
      next.act()
    }
  }

  #takeFirst(): void {
    const entries = this.#entries
    const last = entries.pop()
    if (last === undefined || entries.length === 0) return
    let place = 0
    for (;;) {
      let child = 2 * place + 1
      if (child >= entries.length) break
      if (child + 1 < entries.length && isBefore(entries[child + 1] as Entry, entries[child] as Entry)) child++
      if (isBefore(last, entries[child] as Entry)) break
      entries[place] = entries[child] as Entry
      place = child
    }
    entries[place] = last
  }
}
