import { setTimeout as pause } from 'node:timers/promises'
import { type LiveSettings, liveSettings } from '../engine/live/settings.ts'
import { faultText } from '../model/problem.ts'
import type { FilePort } from './files/file-port.ts'
import { nodeFiles } from './files/node-files.ts'
import { readEntry } from './log/entries.ts'
import { Log, type LogSettings, logSettings, NotKept } from './log/log.ts'
import { Applier } from './pipeline/applier.ts'
import { Commit, type CommitSettings, type FindingDesk } from './pipeline/commit.ts'
import { Evaluation, type Weighing } from './pipeline/evaluation.ts'
import { type IntakeCounts, type IntakeSettings, intakeSettings, LoggedIntake } from './pipeline/intake.ts'
import { LiveShards } from './pipeline/live-shards.ts'
import { LookQueue } from './pipeline/look-queue.ts'
import { Pending } from './pipeline/pending.ts'
import { Ties } from './pipeline/ties.ts'
import type { Intake } from './ports.ts'
import type { Reading } from './reading/index.ts'
import type { Store } from './store/store.ts'

export interface ServiceWanted {
  readonly store: Store
  /** The folder of the log. */
  readonly log: string
  readonly reading: Reading
  readonly weighing: Weighing
  /** Whom findings are told. */
  readonly desk: FindingDesk
  readonly settings?: Partial<CommitSettings>
  readonly live?: Partial<LiveSettings>
  readonly intake?: IntakeSettings
  readonly logSettings?: LogSettings
  readonly files?: FilePort
  /** Something of ours went wrong, or the disk is full: the service goes on. */
  readonly fault: (text: string) => void
  /** Milliseconds since 1970. */
  readonly now?: () => number
  /** Milliseconds between looks at the clock; 0: somebody else says when. */
  readonly tickEvery?: number
}

/** What a commit has brought, for whoever waits for it. */
export interface Committed {
  /** The number of the last change of any finding. */
  readonly change: number
  /** The log's time. */
  readonly time: number
}

export interface ServiceStatus {
  readonly intake: IntakeCounts
  /** Bytes of posts that were taken and are not applied yet. */
  readonly waitingBytes: number
  /** Entries of the log, how many of them are applied, and how often the disk was asked to keep some. */
  readonly log: { readonly entries: number; readonly applied: number; readonly syncs: number }
  /** Shards whose stories are to be looked at, and those whose machines stand. */
  readonly looks: number
  readonly hot: number
  /** The log's time, of what is applied. */
  readonly time: number
  /** Why nothing is taken at the moment; null: it is. */
  readonly fault: string | null
}

const day = 86_400_000
const elapsed = (): number => performance.now()
const commitSettings: CommitSettings = { retention: 400 * day, silence: day }

/** Everything between the doors and the store: posts come in, findings and notices come of them. */
export class Service {
  readonly store: Store
  readonly #log: Log
  readonly #reading: Reading
  readonly #intake: LoggedIntake
  readonly #applier: Applier
  readonly #shards: LiveShards
  readonly #looks: LookQueue
  readonly #listeners = new Set<(committed: Committed) => void>()
  #ticker: NodeJS.Timeout | null = null
  #isTicking = false
  #lastTick = 0

  private constructor(
    { store, reading }: ServiceWanted,
    parts: { log: Log; applier: Applier; intake: LoggedIntake; shards: LiveShards; looks: LookQueue },
  ) {
    this.store = store
    this.#reading = reading
    this.#log = parts.log
    this.#applier = parts.applier
    this.#intake = parts.intake
    this.#shards = parts.shards
    this.#looks = parts.looks
  }

  /** Takes up the store and what the log has beyond it. */
  static async open(wanted: ServiceWanted): Promise<Service> {
    const { store, weighing, desk, files = nodeFiles, now = Date.now, tickEvery = 1_000 } = wanted
    const pending = { current: new Pending() }
    const live = { ...liveSettings, ...wanted.live }
    const looks = new LookQueue((live.idle * 2) / 3)
    const ties = new Ties(store.intents.all())
    const shards = new LiveShards(
      store,
      () => pending.current,
      live,
      (shard, reason) => applier.lost(shard, reason),
    )
    const evaluation = new Evaluation(shards, ties, weighing)
    const settings = { ...commitSettings, ...wanted.settings }
    const commit = new Commit(store, { shards, ties, looks, desk, settings })
    const opened: { service: Service | null } = { service: null }
    const applier = new Applier({
      ...{ store, shards, evaluation, commit, looks, pending },
      baselineId: weighing.baselineId,
      silence: settings.silence,
      committed: (applied, posts) => opened.service?.committed(applied.time, applied.entry, posts),
      fault: (error) => wanted.fault(faultText(error)),
      elapsed,
    })
    for (const shard of store.shards.toLookAt()) looks.add(shard, 'eventually', performance.now())
    store.unapplied.forget(applier.applied)
    for (const { number, body } of store.unapplied.after(applier.applied)) await applier.replay(number, readEntry(body))
    const log = await Log.open(files, wanted.log, applier.applied, {
      take: ({ number, body }) => applier.replay(number, readEntry(body)),
      damaged: ({ file, kind, text }) => {
        wanted.fault(text)
        if (kind === 'lost') applier.note({ host: null, kind: 'fault', text: `${file}: ${text}` })
      },
      settings: wanted.logSettings ?? logSettings,
    })
    const intake = new LoggedIntake({
      ...{ reading: wanted.reading, log, now, elapsed },
      lastArrival: applier.time,
      settings: wanted.intake ?? intakeSettings,
      applied: (number, entry, bytes) => applier.add(number, entry, bytes),
    })
    const service = new Service(wanted, { log, applier, intake, shards, looks })
    opened.service = service
    if (applier.baselineId !== weighing.baselineId)
      await intake.keep({ kind: 'baseline', time: intake.arrivalNow(), id: weighing.baselineId })
    applier.wake()
    if (tickEvery > 0) service.#ticker = setInterval(() => void service.tick(), tickEvery).unref()
    return service
  }

  get intake(): Intake {
    return this.#intake
  }

  status(): ServiceStatus {
    return {
      intake: this.#intake.counts,
      waitingBytes: this.#intake.waitingBytes,
      log: { entries: this.#log.last, applied: this.#applier.applied, syncs: this.#log.syncs },
      looks: this.#looks.size,
      hot: this.#shards.hotCount,
      time: this.#applier.time,
      fault: this.#intake.fault,
    }
  }

  /** Calls after each commit, until it is called off. */
  onCommit(listener: (committed: Committed) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Not to be called but by what commits. */
  committed(time: number, entry: number, posts: readonly number[]): void {
    for (const bytes of posts) this.#intake.done(bytes)
    this.#log.forget(entry).catch(() => {}) // they are tried again after the next commit
    const change = this.store.findings.lastChange
    for (const listener of this.#listeners) listener({ change, time })
  }

  /** Looks at the clock: what waits for a source that is silent by now goes on. */
  async tick(): Promise<void> {
    if (
      !this.#isTicking &&
      this.#applier.applied >= this.#lastTick &&
      this.#applier.isTickDue(this.#intake.arrivalNow())
    ) {
      this.#isTicking = true
      try {
        this.#lastTick = await this.#intake.keep({ kind: 'tick', time: this.#intake.arrivalNow() })
      } catch (error) {
        // a full disk is told where posts are refused
        if (!(error instanceof NotKept)) throw error
      } finally {
        this.#isTicking = false
      }
    }
    this.#applier.wake()
  }

  /** Settles when all that was taken is applied, looked at and committed. */
  settle(): Promise<void> {
    return this.#applier.settle()
  }

  /** Takes nothing more; all that was taken is on the disk when it settles, and applied as far as the disk takes it. */
  async stop(): Promise<void> {
    if (this.#ticker) clearInterval(this.#ticker)
    await Promise.race([this.#intake.close(), pause(patience, null, { ref: false })])
    await this.#reading.close()
    await this.#intake.close()
    await this.#log.close()
    await this.#applier.end()
  }
}

/** For how long posts that are being read are waited for, in milliseconds, when the service ends. */
const patience = 5_000
