import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseRefused } from '../../serve/store/database.ts'
import { inFolder } from '../../serve/store/folder.ts'
import { Store } from '../../serve/store/store.ts'
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
    throw error instanceof DatabaseRefused ? new UsageError(error.message) : error
  }
}
