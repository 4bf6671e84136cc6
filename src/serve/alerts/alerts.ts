import type { Clock } from '../clock.ts'
import { Pauses } from '../pauses.ts'
import type { Outbox } from '../store/outbox.ts'
import type { AlertConfig } from './config.ts'
import { Deliverer, type DelivererDeps, type TargetStatus } from './deliverer.ts'
import { OutboxDesk } from './desk.ts'
import { AlertFile } from './targets/alert-file.ts'
import { bulkUrl, Elasticsearch } from './targets/elasticsearch.ts'
import { shortAnswer } from './targets/post.ts'
import type { AlertTarget } from './targets/target.ts'
import { Webhook } from './targets/webhook.ts'

/** Milliseconds for an answer: a receiver that takes longer for one alert does not take a queue of them. */
const timeouts = { webhook: 10_000, bulk: 30_000 }
/** Of an answer of `_bulk`, some kilobytes for each document. */
const longestBulkAnswer = 16 << 20

/** How long what was told is kept, in milliseconds: delivered, and given up. */
const kept = { delivered: 30 * 86_400_000, dead: 90 * 86_400_000 }
/** What is forgotten at once, and how often something is. */
const forgetting = { most: 1_000, every: 600_000 }
/** What stands still when the service ends gets so long to arrive. */
const patienceAtEnd = 2_000
/** Without a word that something was noted, the outbox is looked at so often: somebody may have had something sent again. */
const lookEvery = 5_000

export interface AlertsDeps extends DelivererDeps {
  /** The disk takes nothing, or something of ours went wrong: it is tried again. */
  readonly fault: (error: unknown) => void
}

/** The receivers that are set. */
export function targetsOf(
  { webhook, elasticsearch, file, ca }: AlertConfig,
  version: string,
  clock: Clock,
): AlertTarget[] {
  const targets: AlertTarget[] = []
  if (webhook) {
    const door = { url: webhook.url, ca, timeout: timeouts.webhook, longestAnswer: shortAnswer }
    targets.push(new Webhook({ door, secret: webhook.secret, version }, clock))
  }
  if (elasticsearch) {
    const { url, index, authorization } = elasticsearch
    const door = { url: bulkUrl(url, index), ca, timeout: timeouts.bulk, longestAnswer: longestBulkAnswer }
    targets.push(new Elasticsearch({ door, authorization, version }, clock))
  }
  if (file !== null) targets.push(new AlertFile(file))
  return targets
}

/** Tells whoever is to be told of findings. */
export class Alerts {
  readonly desk: OutboxDesk
  readonly #outbox: Outbox
  readonly #clock: Clock
  readonly #fault: (error: unknown) => void
  readonly #targets: readonly AlertTarget[]
  readonly #deliverers: readonly Deliverer[]
  readonly #end = new AbortController()
  readonly #running: Promise<void>[] = []
  #isEnding = false
  readonly #pauses: Pauses
  /** How often somebody said that something was noted: who was busy meanwhile looks again. */
  #words = 0
  #lastForgotten = 0

  constructor(config: Pick<AlertConfig, 'severity'>, targets: readonly AlertTarget[], deps: AlertsDeps) {
    this.#outbox = deps.outbox
    this.#clock = deps.clock
    this.#pauses = new Pauses(deps.clock)
    this.#fault = deps.fault
    this.#targets = targets
    this.#deliverers = targets.map((target) => new Deliverer(target, deps))
    this.desk = new OutboxDesk(deps.outbox, { severity: config.severity, targets: targets.map(({ name }) => name) })
  }

  /** From now on what waits is sent. */
  start(): void {
    for (const deliverer of this.#deliverers) this.#running.push(this.#run(deliverer))
  }

  /** Something was noted: to be called once it is durable. */
  wake(): void {
    this.#words++
    this.#pauses.wake()
  }

  status(): readonly TargetStatus[] {
    return this.#deliverers.map((deliverer) => deliverer.status)
  }

  /** Deliveries by how they stand, over all receivers. */
  counts(): Readonly<Record<string, number>> {
    const all = this.status()
    const sum = (name: 'waiting' | 'delivered' | 'dead') => all.reduce((total, one) => total + one[name], 0)
    return {
      waiting: sum('waiting'),
      delivered: sum('delivered'),
      dead: sum('dead'),
      'not-noted': this.#outbox.notTold,
    }
  }

  get outbox(): Outbox {
    return this.#outbox
  }

  /** Has something sent again; returns how many deliveries. */
  resend(which: { readonly id: string | null; readonly target: string | null }): number {
    const count = this.#outbox.resend(which, this.#clock.now())
    for (const deliverer of this.#deliverers) deliverer.askAgain()
    this.wake()
    return count
  }

  /** Waits a little for what is on its way, and sends nothing more. */
  async stop(): Promise<void> {
    this.#isEnding = true
    this.wake()
    const callOff = this.#clock.after(patienceAtEnd, () => this.#end.abort())
    await Promise.all(this.#running)
    callOff()
    for (const target of this.#targets) target.close()
  }

  async #run(deliverer: Deliverer): Promise<void> {
    while (!this.#isEnding) {
      const words = this.#words
      const wait = await this.#turn(deliverer)
      if (wait !== 0 && words === this.#words && !this.#isEnding)
        await this.#pauses.pause(Math.min(wait ?? lookEvery, lookEvery))
    }
  }

  /** A disk that takes nothing, or a fault of ours, ends no receiver's turns. */
  async #turn(deliverer: Deliverer): Promise<number | null> {
    try {
      const wait = await deliverer.turn(this.#end.signal)
      this.#forget()
      return wait
    } catch (error) {
      this.#fault(error)
      return null
    }
  }

  #forget(): void {
    const now = this.#clock.now()
    if (now - this.#lastForgotten < forgetting.every) return
    this.#lastForgotten = now
    this.#outbox.forget({ delivered: now - kept.delivered, dead: now - kept.dead }, forgetting.most)
  }
}
