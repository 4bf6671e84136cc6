import { join } from 'node:path'
import type { FilePort } from '../files/file-port.ts'
import { type Entry, firstOf, readSegment } from './frames.ts'

/** The entries that a log has at this moment, in order, while whoever it is of writes and removes some: what is being written is not told. */
export async function entriesNow(files: FilePort, folder: string): Promise<Entry[]> {
  const entries = new Map<number, Entry>()
  for (const name of await files.list(folder).catch(() => [])) {
    if (!/^\d{16}\.log$/.test(name)) continue
    const bytes = await files.read(join(folder, name)).catch(() => null)
    const first = bytes && firstOf(bytes)
    // removed since, as all of it is applied; or just made
    if (bytes === null || first === null) continue
    // what a segment has beyond the first entry of the next was never kept
    for (const entry of readSegment(bytes, first).entries) entries.set(entry.number, entry)
  }
  return [...entries.values()].sort((a, b) => a.number - b.number)
}
