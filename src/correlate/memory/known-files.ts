import { canonicalPath } from '../../model/canonical/path-text.ts'
import type { Evidence, TaskChain } from '../../model/chain.ts'
import type { FileIdentified } from '../../model/fact.ts'
import type { FileIdentity } from '../../model/file-identity.ts'
import { payloadOf } from '../../model/payload.ts'
import { limits } from '../settings.ts'

/** What a record says a file is. */
export interface KnownFile {
  readonly file: FileIdentity
  readonly evidence: Evidence
}

/** Notes what a file is, by its canonical path: the newest are kept. */
export function noteFile(files: Map<string, KnownFile>, { path, file }: FileIdentified, evidence: Evidence): void {
  const key = canonicalPath(path)
  files.delete(key)
  files.set(key, { file, evidence })
  if (files.size <= limits.files) return
  let spare = files.size - (limits.files * 3) / 4
  for (const oldest of files.keys()) {
    if (spare-- <= 0) break
    files.delete(oldest)
  }
}

/** What is known of the files that a task is to start or that these are to open, by canonical path; null where nothing is. */
export function filesOf(
  files: ReadonlyMap<string, KnownFile>,
  task: Pick<TaskChain, 'definition' | 'statedAction'>,
): ReadonlyMap<string, KnownFile> | null {
  if (files.size === 0) return null
  const found = new Map<string, KnownFile>()
  payloadOf(task, [], (path) => {
    const known = files.get(path)
    if (known) found.set(path, known)
    return known?.file ?? null
  })
  return found.size === 0 ? null : found
}
