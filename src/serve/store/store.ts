import { Database } from './database.ts'
import { FactRows } from './facts.ts'
import { FindingRecords } from './finding-records.ts'
import { Findings } from './findings.ts'
import { Hosts } from './hosts.ts'
import { Intents } from './intents.ts'
import { KeptRecords } from './kept-records.ts'
import { Meta } from './meta.ts'
import { Notices } from './notices.ts'
import { Outbox } from './outbox.ts'
import { ProblemCounts } from './problem-counts.ts'
import { storeSteps } from './schema.ts'
import { Shards } from './shards.ts'
import { Sources } from './sources.ts'
import { Tokens } from './tokens.ts'
import { Unapplied } from './unapplied.ts'
import { WatchedFiles } from './watched-files.ts'

/**
 * All that the service keeps, but for what its log has and nobody has applied yet. What comes of the log is written in one
 * transaction with how far it was applied, so that after a kill each entry is applied once; tokens and what was delivered change by themselves.
 */
export class Store {
  readonly database: Database
  readonly meta: Meta
  readonly sources: Sources
  readonly facts: FactRows
  readonly shards: Shards
  readonly keptRecords: KeptRecords
  readonly intents: Intents
  readonly findings: Findings
  readonly findingRecords: FindingRecords
  readonly hosts: Hosts
  readonly notices: Notices
  readonly problems: ProblemCounts
  readonly tokens: Tokens
  readonly outbox: Outbox
  readonly watchedFiles: WatchedFiles
  readonly unapplied: Unapplied

  private constructor(database: Database) {
    this.database = database
    this.meta = new Meta(database)
    this.sources = new Sources(database)
    this.facts = new FactRows(database)
    this.shards = new Shards(database)
    this.keptRecords = new KeptRecords(database)
    this.intents = new Intents(database)
    this.findings = new Findings(database, this.meta)
    this.findingRecords = new FindingRecords(database)
    this.hosts = new Hosts(database)
    this.notices = new Notices(database)
    this.problems = new ProblemCounts(database)
    this.tokens = new Tokens(database)
    this.outbox = new Outbox(database)
    this.watchedFiles = new WatchedFiles(database)
    this.unapplied = new Unapplied(database)
  }

  /** To write; the file is made where it is not there. Throws `DatabaseRefused`. */
  static open(path: string): Store {
    return new Store(Database.open(path, storeSteps))
  }

  /** To look at it, whether a service runs on it or not. Throws `DatabaseRefused`. */
  static look(path: string): Store {
    return new Store(Database.look(path, storeSteps.length))
  }

  transaction<T>(work: () => T): T {
    return this.database.transaction(work)
  }

  /** Takes away hosts of which nothing came since this time, and what they are made of; their findings go by themselves. Gives their shards. */
  forgetShards(before: number, most: number): string[] {
    const shards = this.shards.unheardSince(before, most)
    for (const shard of shards)
      for (const table of ['shards', 'bases', 'facts', 'kept_records', 'intents', 'hosts'])
        this.database.run(`delete from ${table} where shard = ?`, [shard])
    return shards
  }

  close(): void {
    this.database.close()
  }
}
