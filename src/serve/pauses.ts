import type { Clock } from './clock.ts'

/** Pauses of work that goes on by itself, which all end at once when there is something to do. */
export class Pauses {
  readonly #clock: Pick<Clock, 'after'>
  readonly #wakers = new Set<() => void>()

  constructor(clock: Pick<Clock, 'after'>) {
    this.#clock = clock
  }

  /** Settles after so many milliseconds, or when somebody wakes it. */
  pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const go = () => {
        callOff()
        this.#wakers.delete(go)
        resolve()
      }
      const callOff = this.#clock.after(milliseconds, go)
      this.#wakers.add(go)
    })
  }

  wake(): void {
    for (const wake of [...this.#wakers]) wake()
  }
}
