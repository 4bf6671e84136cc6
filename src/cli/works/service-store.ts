import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseRefused } from '../../serve/store/database.ts'
import { inFolder } from '../../serve/store/folder.ts'
import { Store } from '../../serve/store/store.ts'
import { cannotWrite } from '../outputs.ts'
import { UsageError } from '../refusals.ts'

/** Does something with what a service keeps in a folder, whether it runs or not. */
export async function withStore<T>(data: string, work: (store: Store) => T | Promise<T>): Promise<T> {
  const path = join(data, inFolder.database)
  if (!existsSync(path)) throw new UsageError(`${data} is no folder of a service: tasktrail serve makes one`)
  const store = opened(path)
  try {
    return await work(store)
  } finally {
    store.close()
  }
}

function opened(path: string): Store {
  try {
    return Store.open(path)
  } catch (error) {
    throw error instanceof DatabaseRefused ? new UsageError(error.message) : ofDisk(error, path)
  }
}

/** What SQLite or the system says of a disk that is full, read-only or broken, as such; any other error as it is. */
export function ofDisk(error: unknown, place: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  const isDisk =
    error.code === 'ERR_SQLITE_ERROR' ? 'errcode' in error && isOfDisk(Number(error.errcode)) : 'syscall' in error
  return isDisk ? cannotWrite(place, error) : error
}

/** SQLITE_READONLY, IOERR, FULL and CANTOPEN, of which the lowest byte tells. */
const isOfDisk = (code: number): boolean => [8, 10, 13, 14].includes(code & 0xff)
