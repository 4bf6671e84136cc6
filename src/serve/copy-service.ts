import { join } from 'node:path'
import { nodeFiles } from './files/node-files.ts'
import { entriesNow } from './log/look-at-log.ts'
import { inFolder } from './store/folder.ts'
import { Store } from './store/store.ts'

/**
 * Writes one file with all that a service has acknowledged by now, whether it runs or not: its store as it stands at one moment, and in it
 * what the log has beyond it. It is a service's whole folder, as its database. Throws what the disk says, and `DatabaseRefused`.
 */
export async function copyService(folder: string, out: string): Promise<void> {
  const store = Store.look(join(folder, inFolder.database))
  try {
    // Before the store: an entry that is applied and removed meanwhile is in the store then.
    const entries = await entriesNow(nodeFiles, join(folder, inFolder.log))
    await store.database.copyTo(out)
    const copy = Store.open(out)
    try {
      copy.transaction(() => copy.unapplied.put(entries, copy.meta.number('applied')))
    } finally {
      copy.close()
    }
  } finally {
    store.close()
  }
}
