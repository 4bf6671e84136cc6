import { closeSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { backup, DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite'

import { syncNames } from '../files/sync-names.ts'

export type Row = Record<string, SQLOutputValue>

/** Values of a statement's places in their order, or by the names that it gives them (`:name`). */
export type Values = readonly SQLInputValue[] | Readonly<Record<string, SQLInputValue>>

const isInOrder = (values: Values): values is readonly SQLInputValue[] => Array.isArray(values)

/** How long one connection waits for another's transaction, in milliseconds: a copy that is taken holds none for longer. */
const patience = 10_000

/** Why a database cannot be used. */
export class DatabaseRefused extends Error {}

/** A database of numbered versions, each statement prepared once. */
export class Database {
  readonly #file: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  readonly path: string

  private constructor(file: DatabaseSync, path: string) {
    this.#file = file
    this.path = path
  }

  /**
   * Opens the file, makes it if it is not there, and brings it to the newest version: `steps[n]` is what makes version n + 1 of n. What a
   * transaction has written when it returns is on the disk. Throws `DatabaseRefused` for a file of a newer version, or of something else.
   */
  static open(path: string, steps: readonly string[]): Database {
    // SQLite gives its other files the rights of this one
    closeSync(openSync(path, 'a', 0o600))
    syncNames(dirname(path))
    const file = new DatabaseSync(path, { timeout: patience, enableForeignKeyConstraints: false })
    try {
      checkVersion(file, path, steps.length)
      file.exec(
        'pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 4000; pragma cache_size = -65536',
      )
      const database = new Database(file, path)
      database.#migrate(steps)
      return database
    } catch (error) {
      file.close()
      throw error
    }
  }

  /** Opens a file that is there to look at it, beside whoever writes to it. */
  static look(path: string, version: number): Database {
    const file = new DatabaseSync(path, { timeout: patience, readOnly: true })
    try {
      checkVersion(file, path, version)
      if (versionOf(file) < version)
        throw new DatabaseRefused(`${path} is of an older version: start the service once, which brings it up to date`)
      return new Database(file, path)
    } catch (error) {
      file.close()
      throw error
    }
  }

  #migrate(steps: readonly string[]): void {
    for (let version = versionOf(this.#file); version < steps.length; version++)
      this.transaction(() => {
        this.#file.exec(steps[version] as string)
        this.#file.exec(`pragma user_version = ${version + 1}; pragma application_id = ${applicationId}`)
      })
  }

  /** All of it or nothing; on the disk when it returns. */
  transaction<T>(work: () => T): T {
    this.#file.exec('begin immediate')
    try {
      const result = work()
      this.#file.exec('commit')
      return result
    } catch (error) {
      if (this.#file.isTransaction) this.#file.exec('rollback')
      throw error
    }
  }

  /** A part of a transaction that is undone by itself where it fails by a fault of ours, which is given; what the database says is thrown. */
  apart(work: () => void): { readonly error: unknown } | null {
    this.#file.exec('savepoint part')
    try {
      work()
      return null
    } catch (error) {
      if (isOfDatabase(error)) throw error
      this.#file.exec('rollback to part')
      return { error }
    } finally {
      if (this.#file.isTransaction) this.#file.exec('release part')
    }
  }

  /** Whatever is asked within is of one moment, while others write. */
  atOnce<T>(work: () => T): T {
    this.#file.exec('begin')
    try {
      return work()
    } finally {
      this.#file.exec('commit')
    }
  }

  /** Whether a transaction is open, so that what is written now is not on the disk yet. */
  get isInTransaction(): boolean {
    return this.#file.isTransaction
  }

  /** The same as a part of the transaction that is open, or as one of its own. */
  together<T>(work: () => T): T {
    return this.isInTransaction ? work() : this.transaction(work)
  }

  run(sql: string, values: Values = []): { readonly changes: number; readonly id: number } {
    const statement = this.#statement(sql)
    // biome-ignore lint/plugin: as many as the statement has places
    const { changes, lastInsertRowid } = isInOrder(values) ? statement.run(...values) : statement.run(values)
    return { changes: Number(changes), id: Number(lastInsertRowid) }
  }

  get(sql: string, values: Values = []): Row | undefined {
    const statement = this.#statement(sql)
    // biome-ignore lint/plugin: as many as the statement has places
    return isInOrder(values) ? statement.get(...values) : statement.get(values)
  }

  all(sql: string, values: Values = []): Row[] {
    const statement = this.#statement(sql)
    // biome-ignore lint/plugin: as many as the statement has places
    return isInOrder(values) ? statement.all(...values) : statement.all(values)
  }

  /** Writes a whole copy as it stands at one moment, while others go on. */
  async copyTo(path: string): Promise<void> {
    closeSync(openSync(path, 'wx', 0o600))
    await backup(this.#file, path)
  }

  close(): void {
    this.#file.close()
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (!statement) {
      // where a filter makes many of them
      if (this.#statements.size > 500) this.#statements.clear()
      statement = this.#file.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}

/** As a full disk is. */
const isOfDatabase = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR'

/** "tskt": what tells such a file from any other database. */
const applicationId = 0x74_73_6b_74

const numberOf = (file: DatabaseSync, pragma: string): number =>
  Number(file.prepare(`pragma ${pragma}`).get()?.[pragma])
const versionOf = (file: DatabaseSync): number => numberOf(file, 'user_version')

function checkVersion(file: DatabaseSync, path: string, newest: number): void {
  const version = readable(() => versionOf(file), path)
  if (version === 0 && file.prepare('select count(*) n from sqlite_schema').get()?.n === 0) return
  if (numberOf(file, 'application_id') !== applicationId)
    throw new DatabaseRefused(`${path} is a database, but not one of tasktrail's`)
  if (version > newest)
    throw new DatabaseRefused(
      `${path} is of version ${version}, this tasktrail knows versions up to ${newest}: it was written by a newer one, which is needed to open it`,
    )
}

function readable<T>(ask: () => T, path: string): T {
  try {
    return ask()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    throw new DatabaseRefused(`${path} cannot be read as a database: ${error.message}`)
  }
}
