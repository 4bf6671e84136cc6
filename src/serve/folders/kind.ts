import { looksLikeEvtx } from '../../decode/evtx/index.ts'
import { isGzip } from '../../sources/content/gzip.ts'
import { utf16Of } from '../../sources/content/utf16.ts'
import { kindOf } from '../../sources/kinds.ts'
import { promiseOf, promises } from '../../sources/promise.ts'
import type { WatchedKind } from '../store/watched-files.ts'
import { bufferOf, type OpenFile } from './open-file.ts'

/** What is looked at to tell what a file is. */
const telling = 256 << 10

/** How a file is read on, or why it is not. */
export type Told = {
  readonly kind: WatchedKind
  readonly problem: { readonly code: string; readonly reason: string } | null
}

const isZstd = (bytes: Buffer): boolean => bytes.length > 4 && bytes.readUInt32LE(0) === 0xfd2fb528
const isArchive = (bytes: Buffer): boolean =>
  bytes.toString('latin1', 0, 4) === 'PK\x03\x04' || bytes.toString('latin1', 257, 262) === 'ustar'

/** By its content. `isSettled`: it is as it stays, so that what it is not yet it will not be. */
export async function kindOfFile(file: OpenFile, isSettled: boolean): Promise<Told> {
  const bytes = bufferOf(await file.read(0, Math.min(file.size, telling)))
  const of = (kind: WatchedKind): Told => ({ kind, problem: null })
  if (looksLikeEvtx(bytes)) return of('evtx')
  if (isGzip(bytes) || isZstd(bytes) || utf16Of(bytes) !== null) return of('whole')
  const kind = kindOf((size) => bytes.subarray(0, size))
  if (kind === 'json-lines' || kind === 'csv' || kind === 'event-xml') return of(kind)
  if (kind !== null) return of('whole')
  if (!isSettled || file.size === 0) return of('unknown')
  return { kind: 'unknown', problem: whyUnknown(file.path, bytes) }
}

function whyUnknown(path: string, bytes: Buffer): Told['problem'] {
  if (isArchive(bytes))
    return { code: 'archive', reason: 'an archive is not read in a watched folder: unpack it there, or scan it' }
  const promised = promiseOf(path)
  if (promised === 'event-log')
    return {
      code: 'not-what-it-says',
      reason: `its ending says that it is ${promises[promised]}, and it is nothing of the kind`,
    }
  if (promised !== null)
    return { code: 'not-a-log', reason: `${promises[promised]} is state, not events: scan reads it` }
  // others may lie there for other readers
  return nameOfLog.test(path) ? { code: 'unknown-kind', reason: 'it holds no events in a form that is known' } : null
}

const nameOfLog = /\.(?:jsonl?|ndjson|xml|csv|log)$/i
