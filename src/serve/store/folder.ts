import { chmodSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { makeFolderSure } from '../files/sync-names.ts'

/** Names of what lies in a service's folder. */
export const inFolder = { database: 'tasktrail.db', lock: 'in-use', log: 'log', clocks: 'clocks.json' } as const

/** Why a folder cannot be the service's. */
export class FolderRefused extends Error {}

/**
 * The folder of one service, for as long as it is open. The lock is the system's own on a file, so that it is gone with its holder,
 * however that ended; SQLite knows how to lock on every system.
 */
export class ServiceFolder {
  readonly path: string
  readonly #lock: DatabaseSync

  private constructor(path: string, lock: DatabaseSync) {
    this.path = path
    this.#lock = lock
  }

  /** Makes the folder, for its owner alone, where it is not there. Throws `FolderRefused`. */
  static open(path: string): ServiceFolder {
    const isNew = !existsSync(path)
    if (isNew) makeFolderSure(path)
    else if (!existsSync(join(path, inFolder.database))) refuseForeign(path)
    const lockPath = join(path, inFolder.lock)
    const lock = new DatabaseSync(lockPath)
    try {
      lock.exec('pragma journal_mode = memory; begin exclusive')
    } catch (error) {
      lock.close()
      if (error instanceof Error && /locked|busy/i.test(error.message))
        throw new FolderRefused(`${path} is in use: another tasktrail serve runs on it`)
      throw error
    }
    chmodSync(lockPath, 0o600)
    return new ServiceFolder(path, lock)
  }

  get database(): string {
    return join(this.path, inFolder.database)
  }

  get log(): string {
    return join(this.path, inFolder.log)
  }

  close(): void {
    this.#lock.exec('rollback')
    this.#lock.close()
  }
}

/** Files of somebody else are neither mixed with ours nor hidden by them. */
function refuseForeign(path: string): void {
  const ours: readonly string[] = Object.values(inFolder)
  const foreign = readdirSync(path).find((name) => !ours.includes(name))
  if (foreign !== undefined)
    throw new FolderRefused(`${path} has other things in it (${foreign}): give a folder that is empty or not there yet`)
}
