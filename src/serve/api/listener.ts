import type { ServerResponse } from 'node:http'
import { safeJson } from '../../report/index.ts'
import type { Principal } from '../access/index.ts'
import type { Changes, LiveEvent } from './changes.ts'
import { maySee } from './visible.ts'

/** Changes that are read at once for somebody who is behind. */
const atOnce = 50

/**
 * One connection that is told what it may see. Nothing piles up for whoever reads slowly: what could not be sent is read from the store
 * again when there is room.
 */
export class Listener {
  readonly principal: Principal
  readonly #response: ServerResponse
  readonly #changes: Changes
  readonly #all: boolean
  /** The last change that it was told of. */
  #told: number
  #isBehind = false
  #sent = 0
  #stuckFor = 0

  constructor(response: ServerResponse, principal: Principal, changes: Changes, wish: { all: boolean; after: number }) {
    this.#response = response
    this.principal = principal
    this.#changes = changes
    this.#all = wish.all
    this.#told = wish.after
  }

  tell(events: readonly LiveEvent[]): void {
    if (this.#isBehind) return
    for (const one of events) {
      if (this.#response.writableNeedDrain) {
        this.follow()
        return
      }
      this.#send(one)
    }
  }

  /** Tells what was missed, as fast as it is read. */
  follow(): void {
    this.#isBehind = true
    this.#follow().then(
      () => {
        this.#isBehind = false
        if (this.#told < this.#changes.last && !this.#response.destroyed) this.follow()
      },
      () => this.letGo(),
    )
  }

  async #follow(): Promise<void> {
    while (this.#told < this.#changes.last && !this.#response.destroyed) {
      const events = this.#changes.since(this.#told, atOnce)
      if (events.length === 0) this.#told = this.#changes.last
      for (const one of events) {
        await this.#drained()
        this.#send(one)
      }
    }
  }

  /** Says that it is still there, unless nothing of what was said before is read: for how many times in a row that is. */
  beat(): number {
    const { socket, writableNeedDrain } = this.#response
    const sent = socket === null ? 0 : socket.bytesWritten - socket.writableLength
    this.#stuckFor = writableNeedDrain && sent === this.#sent ? this.#stuckFor + 1 : 0
    this.#sent = sent
    if (!writableNeedDrain) this.write(': \n\n')
    return this.#stuckFor
  }

  write(text: string): void {
    if (!this.#response.destroyed) this.#response.write(text)
  }

  end(text: string): void {
    this.#response.end(text)
  }

  letGo(): void {
    this.#response.destroy()
  }

  #send(one: LiveEvent): void {
    if (one.event === 'finding') this.#told = Math.max(this.#told, one.change)
    if (one.host === null ? this.principal.hosts !== null : !maySee(this.principal, one.host)) return
    const data = safeJson(JSON.stringify(one.data))
    if (one.event === 'notice') this.write(`event: notice\ndata: ${data}\n\n`)
    else if (this.#all || one.isListed) this.write(`id: ${one.change}\nevent: finding\ndata: ${data}\n\n`)
  }

  async #drained(): Promise<void> {
    const { destroyed, writableNeedDrain } = this.#response
    if (destroyed || !writableNeedDrain) return
    await new Promise<void>((resolve) => {
      const end = () => {
        this.#response.off('drain', end).off('close', end)
        resolve()
      }
      this.#response.on('drain', end).on('close', end)
    })
  }
}
