import { zstdCompressSync } from 'node:zlib'
import type { ScoredChain, Severity } from '../../model/finding.ts'
import { alertStory, jsonLine } from '../../report/index.ts'
import type { FindingDesk } from '../pipeline/commit.ts'
import type { AlertHead, AlertReason, Outbox, Told } from '../store/outbox.ts'
import { reasonToTell } from './reason.ts'

export interface DeskSettings {
  /** From which severity on somebody is told. */
  readonly severity: Severity
  /** The names of the receivers. */
  readonly targets: readonly string[]
}

/** Decides who is told of findings, and notes it in the outbox, in the transaction in which they are written. */
export class OutboxDesk implements FindingDesk {
  readonly #outbox: Outbox
  readonly #settings: DeskSettings

  constructor(outbox: Outbox, settings: DeskSettings) {
    this.#outbox = outbox
    this.#settings = settings
  }

  published(scored: ScoredChain, inputs: readonly string[], now: number): void {
    if (this.#settings.targets.length === 0) return
    const { chain, verdict, score } = scored
    const told = this.#outbox.toldOf(chain.id, chain.formerIds)
    const reason = reasonToTell(told, scored, this.#settings.severity)
    if (reason === null) return
    const story = alertStory(scored, inputs, { time: now, ticks: 0 })
    const { host } = chain
    this.#tell(
      {
        ...this.#begin(reason, told, chain.id, now),
        ...{ host, title: story.title, severity: score.severity, verdict, withdrawn: null },
      },
      zstdCompressSync(jsonLine(story)),
    )
  }

  withdrawn(id: string, reason: string, now: number): void {
    if (this.#settings.targets.length === 0) return
    const told = this.#outbox.toldOf(id, [])
    if (told === null || told.isWithdrawn) return
    const { host, title, severity, verdict } = told
    this.#tell(
      { ...this.#begin('withdrawn', told, id, now), ...{ host, title, severity, verdict, withdrawn: reason } },
      null,
    )
  }

  #begin(reason: AlertReason, told: Told | null, finding: string, now: number) {
    const alert = told?.alert ?? finding
    const sequence = (told?.sequence ?? this.#outbox.lastOf(alert)) + 1
    const before = told && { severity: told.severity, verdict: told.verdict }
    return { id: `${alert}.${sequence}`, alert, sequence, reason, time: now, finding, before }
  }

  #tell(head: AlertHead, story: Uint8Array | null): void {
    this.#outbox.tell(head, story, this.#settings.targets)
  }
}
